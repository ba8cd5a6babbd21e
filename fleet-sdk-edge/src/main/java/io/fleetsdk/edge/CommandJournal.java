package io.fleetsdk.edge;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.json.JsonCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the robot has answered to which command, on disk before anybody hears of it; and which answers the broker has not
 * stored yet. Ended commands are remembered as {@link Retention} says. Thread-safe.
 */
final class CommandJournal implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CommandJournal.class);

    private final JournalFile file;
    private final JsonCodec json;
    private final Clock clock;
    private final Retention retention;
    /** The one answered longest ago first. */
    private final Map<UUID, Remembered> commands = new LinkedHashMap<>();

    private final Map<Long, JournalEntry> pending = new TreeMap<>();
    private long lastNumber;
    private long bytes;

    private CommandJournal(JournalFile file, JsonCodec json, Clock clock, Retention retention) {
        this.file = file;
        this.json = json;
        this.clock = clock;
        this.retention = retention;
    }

    /**
     * How long and how much to remember of commands that have ended; the oldest go first.
     *
     * @param bytes of all lines together
     */
    record Retention(Duration age, int commands, long bytes) {
        static final Retention DEFAULT = new Retention(Duration.ofHours(24), 10_000, 8L << 20);
    }

    private record Remembered(JournalEntry entry, int bytes) {}

    /**
     * @throws io.fleetsdk.ConflictException if another process has it open
     * @throws UncheckedIOException if it cannot be read or written
     */
    static CommandJournal open(Path path, JsonCodec json, Clock clock, Retention retention) {
        try {
            JournalFile.Opened opened = JournalFile.open(path);
            CommandJournal journal = new CommandJournal(opened.file(), json, clock, retention);
            opened.lines().forEach(journal::read);
            journal.forget();
            return journal;
        } catch (IOException e) {
            throw new UncheckedIOException("command journal " + path + " cannot be opened", e);
        }
    }

    /** How the command stands; empty for one never heard of, or forgotten. */
    synchronized Optional<JournalEntry> find(UUID commandId) {
        return Optional.ofNullable(commands.get(commandId)).map(Remembered::entry);
    }

    boolean isSameContent(JournalEntry entry, Command command) {
        return entry.content().equals(ContentDigest.of(command, json));
    }

    /**
     * Writes down a new command with its first answer.
     *
     * @throws UnavailableException if it cannot be written; then it is as if it had never been heard of
     */
    synchronized void receive(Command command, CommandAck first) {
        JournalEntry entry = new JournalEntry(
                lastNumber + 1,
                command.commandId(),
                ContentDigest.of(command, json),
                first.state().isFinal() ? Optional.empty() : Optional.of(command),
                first,
                clock.instant());
        take(entry, write(entry));
    }

    /**
     * Writes down that a command begins.
     *
     * @throws UnavailableException if it cannot be written; then it must not begin, for it would begin again after a crash
     */
    synchronized void begin(UUID commandId, CommandAck running) {
        JournalEntry entry = next(commandId, running);
        take(entry, write(entry));
    }

    /** Writes down the end of a command; where the disk refuses, it is still answered, but not remembered after a restart. */
    synchronized void end(UUID commandId, CommandAck end) {
        JournalEntry entry = next(commandId, end);
        int length = 0;
        try {
            length = write(entry);
        } catch (UnavailableException e) {
            log.error("the end of command {} is not remembered after a restart", commandId, e);
        }
        take(entry, length);
    }

    /** The answers that the broker has not stored yet, oldest first. */
    synchronized List<JournalEntry> pending() {
        return List.copyOf(pending.values());
    }

    /** The broker has stored an answer. Not forced to disk: after a power loss it is sent again, which does no harm. */
    synchronized void stored(JournalEntry entry) {
        pending.remove(entry.number());
        try {
            file.append(json.encode(JournalLine.stored(entry.number())));
            tidy();
        } catch (IOException e) {
            log.warn("answer {} will be sent again after a restart", entry.number(), e);
        }
    }

    /** Commands that have not ended, in the order of their acceptance. */
    synchronized List<JournalEntry> unfinished() {
        return commands.values().stream()
                .map(Remembered::entry)
                .filter(entry -> !entry.hasEnded())
                .toList();
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException("command journal cannot be closed", e);
        }
    }

    private JournalEntry next(UUID commandId, CommandAck answer) {
        JournalEntry last = find(commandId).orElseThrow();
        if (!last.answer().state().canBecome(answer.state())) {
            throw new IllegalStateException("command " + commandId + " cannot become " + answer.state() + " after "
                    + last.answer().state());
        }
        return last.after(answer, lastNumber + 1, clock.instant());
    }

    /**
     * @return the length of the line
     */
    private int write(JournalEntry entry) {
        byte[] text = json.encode(JournalLine.of(entry));
        try {
            file.appendDurably(text);
            return text.length;
        } catch (IOException e) {
            throw new UnavailableException("the command journal cannot be written: " + e.getMessage(), e);
        }
    }

    private void take(JournalEntry entry, int length) {
        lastNumber = Math.max(lastNumber, entry.number());
        Remembered before = commands.remove(entry.commandId());
        commands.put(entry.commandId(), new Remembered(entry, length));
        bytes += length - (before == null ? 0 : before.bytes());
        pending.put(entry.number(), entry);
    }

    private void read(byte[] text) {
        try {
            JournalLine line = json.decode(text, JournalLine.class);
            line.entry().ifPresent(entry -> take(entry, text.length));
            line.stored().ifPresent(pending::remove);
        } catch (InvalidInputException e) {
            log.warn("left out a line of the command journal that this version does not understand", e);
        }
    }

    private void tidy() throws IOException {
        forget();
        if (file.isWorthReplacing()) {
            file.replace(lines());
        }
    }

    private void forget() {
        Instant oldest = clock.instant().minus(retention.age());
        Iterator<Remembered> all = commands.values().iterator();
        while (all.hasNext()) {
            Remembered next = all.next();
            boolean tooMuch = commands.size() > retention.commands() || bytes > retention.bytes();
            if (!tooMuch && !next.entry().at().isBefore(oldest)) {
                return;
            }
            if (next.entry().hasEnded() && !pending.containsKey(next.entry().number())) {
                all.remove();
                bytes -= next.bytes();
            }
        }
    }

    /** As few lines as say the same. */
    private List<byte[]> lines() {
        Map<Long, JournalEntry> entries = new TreeMap<>(pending);
        commands.values().forEach(each -> entries.put(each.entry().number(), each.entry()));
        List<byte[]> lines = new ArrayList<>();
        entries.values().forEach(entry -> {
            lines.add(json.encode(JournalLine.of(entry)));
            if (!pending.containsKey(entry.number())) {
                lines.add(json.encode(JournalLine.stored(entry.number())));
            }
        });
        return lines;
    }
}
