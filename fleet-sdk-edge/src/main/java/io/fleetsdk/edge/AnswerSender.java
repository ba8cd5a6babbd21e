package io.fleetsdk.edge;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.link.RobotLink;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes the journal's answers, oldest first, until the broker has stored each. Thread-safe. */
final class AnswerSender {
    private static final Logger log = LoggerFactory.getLogger(AnswerSender.class);
    private static final int MOST_IN_FLIGHT = 1000;

    private final RobotLink link;
    private final CommandJournal journal;
    private final Consumer<Runnable> later;
    private final Set<Long> inFlight = new HashSet<>();

    /**
     * @param later runs what is too much for a thread of the link
     */
    AnswerSender(RobotLink link, CommandJournal journal, Consumer<Runnable> later) {
        this.link = link;
        this.journal = journal;
        this.later = later;
    }

    /**
     * Publishes what is not under way. One call at a time, so that the answers to a command leave in their order; the link keeps
     * them while there is no connection.
     */
    synchronized void flush() {
        List<JournalEntry> next = journal.pending().stream()
                .filter(entry -> !inFlight.contains(entry.number()))
                .limit(MOST_IN_FLIGHT - inFlight.size())
                .toList();
        next.forEach(entry -> inFlight.add(entry.number()));
        next.forEach(this::publish);
    }

    /** Waits until nothing is under way, for so long at most. */
    synchronized void awaitStored(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (!inFlight.isEmpty() && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    private void publish(JournalEntry entry) {
        link.publishAck(entry.commandId(), entry.answer())
                .whenComplete((stored, failure) -> later.accept(() -> finished(entry, failure)));
    }

    private void finished(JournalEntry entry, @Nullable Throwable failure) {
        if (failure instanceof InvalidInputException) {
            log.error("gave up on answer {} to command {}", entry.answer().state(), entry.commandId(), failure);
        }
        if (failure == null || failure instanceof InvalidInputException) {
            journal.stored(entry);
        }
        synchronized (this) {
            inFlight.remove(entry.number());
            notifyAll();
        }
    }
}
