package io.fleetsdk.nats;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.robot.RobotId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * What became of the newest commands, at most {@value #CAPACITY}, put together from what was sent and what robots answered,
 * in whichever order the two arrive. Thread-safe.
 */
final class CommandLog {
    private static final int CAPACITY = 10_000;
    private static final int BROADCASTS = 1_000;
    /** A robot may end a command at its deadline; its word needs time to arrive. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private record Key(RobotId robot, UUID commandId) {}

    private record Sent(Command command, Instant at) {}

    private record EarlyAck(CommandAck ack, Instant at) {}

    private final Map<Key, CommandExecution> executions = bounded(CAPACITY);
    private final Map<UUID, Sent> broadcasts = bounded(BROADCASTS);
    private final Map<Key, List<EarlyAck>> early = bounded(CAPACITY);
    private final Map<Key, CompletableFuture<CommandExecution>> completions = new HashMap<>();
    private final Set<Key> open = new LinkedHashSet<>();
    private final Consumer<CommandExecution> steps;

    CommandLog(Consumer<CommandExecution> steps) {
        this.steps = steps;
    }

    /** A command to one robot was sent, or is about to be. A command already known stays as it is. */
    synchronized void requested(RobotId robot, Command command, Instant at) {
        Key key = new Key(robot, command.commandId());
        if (executions.containsKey(key)) {
            return;
        }
        record(key, CommandExecution.requested(robot, command, at));
        List<EarlyAck> acks = early.remove(key);
        if (acks != null) {
            acks.forEach(ack -> acknowledged(robot, command.commandId(), ack.ack(), ack.at()));
        }
    }

    /** A command to all robots, or to a zone, was sent: who got it shows in their answers. */
    synchronized void broadcast(Command command, Instant at) {
        broadcasts.put(command.commandId(), new Sent(command, at));
        early.keySet().stream()
                .filter(key -> key.commandId().equals(command.commandId()))
                .toList()
                .forEach(key -> requested(key.robot(), command, at));
    }

    synchronized void acknowledged(RobotId robot, UUID commandId, CommandAck ack, Instant at) {
        Key key = new Key(robot, commandId);
        CommandExecution known = executions.get(key);
        Sent sent = broadcasts.get(commandId);
        if (known != null) {
            CommandExecution next = known.after(ack, at);
            if (next != known) {
                record(key, next);
            }
        } else if (sent != null) {
            requested(robot, sent.command(), sent.at());
            acknowledged(robot, commandId, ack, at);
        } else {
            early.computeIfAbsent(key, k -> new ArrayList<>()).add(new EarlyAck(ack, at));
        }
    }

    /** A command whose sending failed for certain. */
    synchronized void forget(RobotId robot, UUID commandId) {
        Key key = new Key(robot, commandId);
        executions.remove(key);
        open.remove(key);
        completions.remove(key);
    }

    /** Concludes EXPIRED or TIMEOUT for those past their deadline. */
    synchronized void concludeOverdue(Instant now) {
        for (Key key : List.copyOf(open)) {
            CommandExecution execution = executions.get(key);
            if (execution == null) {
                open.remove(key);
            } else if (execution.command().isExpired(now.minus(GRACE))) {
                record(key, execution.overdue(now));
            }
        }
    }

    synchronized Optional<CommandExecution> find(RobotId robot, UUID commandId) {
        return Optional.ofNullable(executions.get(new Key(robot, commandId)));
    }

    synchronized List<CommandExecution> withId(UUID commandId) {
        return executions.values().stream()
                .filter(execution -> execution.command().commandId().equals(commandId))
                .toList();
    }

    synchronized List<CommandExecution> recent(RobotId robot, int limit) {
        return executions.values().stream()
                .filter(execution -> execution.robotId().equals(robot))
                .sorted(Comparator.comparing(CommandExecution::requestedAt).reversed())
                .limit(limit)
                .toList();
    }

    /** Completes when the command ends; already complete where it has. */
    synchronized CompletableFuture<CommandExecution> completion(RobotId robot, UUID commandId) {
        Key key = new Key(robot, commandId);
        CommandExecution known = executions.get(key);
        if (known != null && known.state().isFinal()) {
            return CompletableFuture.completedFuture(known);
        }
        return completions.computeIfAbsent(key, k -> new CompletableFuture<>());
    }

    private void record(Key key, CommandExecution execution) {
        executions.put(key, execution);
        if (execution.state().isFinal()) {
            open.remove(key);
            CompletableFuture<CommandExecution> waiting = completions.remove(key);
            if (waiting != null) {
                waiting.completeAsync(() -> execution);
            }
        } else {
            open.add(key);
        }
        steps.accept(execution);
    }

    private static <K, V> Map<K, V> bounded(int capacity) {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > capacity;
            }
        };
    }
}
