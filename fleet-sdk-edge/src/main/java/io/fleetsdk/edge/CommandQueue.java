package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.edge.CommandContext.StopReason;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Accepted commands: those that wait, the most urgent and then the oldest first, and the one that runs. Thread-safe. */
final class CommandQueue {
    private static final Comparator<Waiting> ORDER =
            Comparator.comparing((Waiting each) -> each.command().priority()).thenComparingLong(Waiting::arrival);

    private final int capacity;
    private final Function<Command, RunningCommand> begin;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(ORDER);
    private @Nullable RunningCommand running;
    private long arrivals;
    private boolean paused;
    private boolean closed;

    CommandQueue(int capacity, Function<Command, RunningCommand> begin) {
        this.capacity = capacity;
        this.begin = begin;
    }

    private record Waiting(Command command, long arrival) {}

    synchronized boolean isFull() {
        return waiting.size() >= capacity;
    }

    /** Also beyond the capacity: whoever adds has asked {@link #isFull} before accepting. */
    synchronized void add(Command command) {
        waiting.add(new Waiting(command, arrivals++));
        notifyAll();
    }

    /** Waits for a command and makes it the running one; empty when closed. */
    synchronized Optional<RunningCommand> next() throws InterruptedException {
        while ((waiting.isEmpty() || paused) && !closed) {
            wait();
        }
        if (closed) {
            return Optional.empty();
        }
        running = begin.apply(waiting.remove().command());
        return Optional.of(running);
    }

    /** No command begins until {@link #resume}. */
    synchronized void pause() {
        paused = true;
    }

    synchronized void resume() {
        paused = false;
        notifyAll();
    }

    synchronized Optional<RunningCommand> running() {
        return Optional.ofNullable(running);
    }

    /** The running one has ended. */
    synchronized void done() {
        running = null;
    }

    /** Takes out a waiting command, if it is one. */
    synchronized boolean remove(UUID commandId) {
        return waiting.removeIf(each -> each.command().commandId().equals(commandId));
    }

    /** Asks the running command to stop, if it is this one. */
    synchronized boolean stop(UUID commandId) {
        Optional<RunningCommand> found =
                running().filter(each -> each.command().commandId().equals(commandId));
        found.ifPresent(each -> each.stop(StopReason.CANCELLED));
        return found.isPresent();
    }

    /** Takes out the waiting commands that fit. */
    synchronized List<Command> remove(Predicate<Command> which) {
        List<Waiting> fitting = waiting.stream()
                .filter(each -> which.test(each.command()))
                .sorted(ORDER)
                .toList();
        waiting.removeAll(fitting);
        return fitting.stream().map(Waiting::command).toList();
    }

    /** No command runs after this but the running one, which is asked to stop. What waits stays in the journal. */
    synchronized void close() {
        closed = true;
        running().ifPresent(command -> command.stop(StopReason.SHUTDOWN));
        notifyAll();
    }
}
