package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.command.Priority;
import io.fleetsdk.edge.CommandJournal.Retention;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandJournalTest {
    private static final JacksonCodec JSON = new JacksonCodec();
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);

    @TempDir
    Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("commands.journal");
    }

    @Test
    void aRestartFindsWhatWasAnswered() {
        Command command = command(1);
        try (CommandJournal journal = open()) {
            journal.receive(command, state(CommandState.ACCEPTED));
            journal.begin(command.commandId(), state(CommandState.RUNNING));
        }

        try (CommandJournal journal = open()) {
            JournalEntry entry = journal.find(command.commandId()).orElseThrow();
            assertThat(entry.answer().state()).isEqualTo(CommandState.RUNNING);
            assertThat(entry.command()).contains(command);
            assertThat(journal.isSameContent(entry, command)).isTrue();
            assertThat(journal.unfinished()).containsExactly(entry);
        }
    }

    @Test
    void aRestartKnowsWhichAnswersTheBrokerHasNotStored() {
        Command command = command(1);
        try (CommandJournal journal = open()) {
            journal.receive(command, state(CommandState.ACCEPTED));
            journal.stored(journal.pending().get(0));
            journal.begin(command.commandId(), state(CommandState.RUNNING));
            journal.end(command.commandId(), state(CommandState.COMPLETED));
        }

        try (CommandJournal journal = open()) {
            assertThat(journal.pending())
                    .extracting(entry -> entry.answer().state())
                    .containsExactly(CommandState.RUNNING, CommandState.COMPLETED);
        }
    }

    /** Whatever byte a crash cuts the file at, the lines before are whole and the journal goes on. */
    @Test
    void aTornLastLineLosesNothingBeforeIt() throws IOException {
        List<Command> commands =
                IntStream.range(0, 2).mapToObj(CommandJournalTest::command).toList();
        List<Integer> ends = new ArrayList<>();
        try (CommandJournal journal = open()) {
            for (Command command : commands) {
                journal.receive(command, state(CommandState.ACCEPTED));
                ends.add((int) Files.size(file));
            }
        }
        byte[] whole = Files.readAllBytes(file);

        for (int length = 0; length <= whole.length; length++) {
            Path torn = directory.resolve("torn-" + length);
            Files.write(torn, Arrays.copyOf(whole, length));
            int written = length;
            long complete = ends.stream().filter(end -> end <= written).count();
            Command next = command(99);
            try (CommandJournal journal = CommandJournal.open(torn, JSON, CLOCK, Retention.DEFAULT)) {
                assertThat(journal.unfinished()).as("cut at %d", length).hasSize((int) complete);
                journal.receive(next, state(CommandState.ACCEPTED));
            }
            try (CommandJournal journal = CommandJournal.open(torn, JSON, CLOCK, Retention.DEFAULT)) {
                assertThat(journal.unfinished()).as("cut at %d", length).hasSize((int) complete + 1);
                assertThat(journal.find(next.commandId())).isPresent();
            }
        }
    }

    @Test
    void aByteDamagedOnDiskCostsItsLineOnly() throws IOException {
        Command first = command(1);
        Command second = command(2);
        try (CommandJournal journal = open()) {
            journal.receive(first, state(CommandState.ACCEPTED));
            journal.receive(second, state(CommandState.ACCEPTED));
        }
        byte[] bytes = Files.readAllBytes(file);
        bytes[20] ^= 1;
        Files.write(file, bytes);

        try (CommandJournal journal = open()) {
            assertThat(journal.find(first.commandId())).isEmpty();
            assertThat(journal.find(second.commandId())).isPresent();
        }
    }

    @Test
    void theOrderOfMembersIsNotContentAndTheirValuesAre() {
        Command command = with(command(1), JsonObject.of("x", 1, "y", JsonObject.of("a", 1, "b", 2)));
        Command turned = with(command(1), JsonObject.of("y", JsonObject.of("b", 2, "a", 1), "x", 1.0));
        Command other = with(command(1), JsonObject.of("x", 1, "y", JsonObject.of("a", 1, "b", 3)));
        try (CommandJournal journal = open()) {
            journal.receive(command, state(CommandState.ACCEPTED));

            JournalEntry entry = journal.find(command.commandId()).orElseThrow();
            assertThat(journal.isSameContent(entry, turned)).isTrue();
            assertThat(journal.isSameContent(entry, other)).isFalse();
        }
    }

    @Test
    void aLaterDeadlineIsTheSameContent() {
        Command command = command(1);
        Command again = new Command(
                command.commandId(),
                command.type(),
                command.payload(),
                Priority.HIGH,
                Optional.of(NOON.plusSeconds(999)),
                Optional.of("somebody"));
        try (CommandJournal journal = open()) {
            journal.receive(command, state(CommandState.ACCEPTED));

            assertThat(journal.isSameContent(journal.find(command.commandId()).orElseThrow(), again))
                    .isTrue();
        }
    }

    @Test
    void theFileStaysSmallAndForgetsNothingThatMatters() throws IOException {
        Retention fifty = new Retention(Duration.ofHours(24), 50, Long.MAX_VALUE);
        Command waiting = command(-1);
        CommandAck chatty = state(CommandState.REJECTED).withMessage("no ".repeat(2000));
        try (CommandJournal journal = open(fifty)) {
            journal.receive(waiting, state(CommandState.ACCEPTED));
            IntStream.range(0, 400).forEach(i -> answerAndStore(journal, command(i), chatty));
        }

        assertThat(Files.size(file)).isBetween(50 * 6_000L, 2_000_000L);
        try (CommandJournal journal = open(fifty)) {
            assertThat(journal.unfinished()).extracting(JournalEntry::commandId).containsExactly(waiting.commandId());
            assertThat(journal.pending()).hasSize(1);
            assertThat(journal.find(command(350).commandId())).isEmpty();
            assertThat(IntStream.range(351, 400).mapToObj(CommandJournalTest::command))
                    .allMatch(command -> journal.find(command.commandId()).isPresent());
        }
    }

    @Test
    void bigAnswersAreForgottenEarlier() {
        CommandAck big = state(CommandState.REJECTED).withMessage("no ".repeat(2000));
        try (CommandJournal journal = open(new Retention(Duration.ofHours(24), 1000, 60_000))) {
            IntStream.range(0, 20).forEach(i -> answerAndStore(journal, command(i), big));

            assertThat(journal.find(command(5).commandId())).isEmpty();
            assertThat(journal.find(command(15).commandId())).isPresent();
        }
    }

    @Test
    void commandsOfTheDayBeforeAreForgotten() {
        Command old = command(1);
        try (CommandJournal journal = open()) {
            answerAndStore(journal, old, state(CommandState.REJECTED));
        }

        Clock later = Clock.fixed(NOON.plus(Retention.DEFAULT.age()).plusSeconds(60), ZoneOffset.UTC);
        try (CommandJournal journal = CommandJournal.open(file, JSON, later, Retention.DEFAULT)) {
            assertThat(journal.find(old.commandId())).isEmpty();
        }
    }

    @Test
    void aSecondAgentIsRefused() {
        try (CommandJournal journal = open()) {
            assertThatThrownBy(this::open).isInstanceOf(ConflictException.class);
            assertThat(journal.unfinished()).isEmpty();
        }
    }

    private static void answerAndStore(CommandJournal journal, Command command, CommandAck answer) {
        journal.receive(command, answer);
        journal.pending().stream().filter(JournalEntry::hasEnded).forEach(journal::stored);
    }

    private CommandJournal open() {
        return open(Retention.DEFAULT);
    }

    private CommandJournal open(Retention retention) {
        return CommandJournal.open(file, JSON, CLOCK, retention);
    }

    private static CommandAck state(CommandState state) {
        return CommandAck.of(state);
    }

    private static Command command(int number) {
        return new Command(
                new UUID(7, number),
                "drive",
                JsonObject.of("number", number),
                Priority.NORMAL,
                Optional.of(NOON.plusSeconds(60)),
                Optional.empty());
    }

    private static Command with(Command command, JsonObject payload) {
        return new Command(
                command.commandId(),
                command.type(),
                payload,
                command.priority(),
                command.deadline(),
                command.requestedBy());
    }
}
