package io.fleetsdk.nats;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandClient;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandHandle;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.internal.Delivery;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotRegistry;
import io.fleetsdk.telemetry.Overflow;
import io.nats.client.PublishOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Commands through the stream ROBOT_COMMANDS; answers come back through ROBOT_ACKS into the {@link CommandLog}. */
final class JetStreamCommands implements CommandClient, AutoCloseable {
    private static final Overflow HELD_STEPS = Overflow.dropOldest(100_000);
    private static final Duration CANCEL_WITHIN = Duration.ofMinutes(1);

    private final Broker broker;
    private final RobotRegistry robots;
    private final List<Delivery<CommandExecution>> watchers = new CopyOnWriteArrayList<>();
    private final CommandLog log = new CommandLog(this::announce);
    private final CommandReader reader;

    JetStreamCommands(Broker broker, RobotRegistry robots) {
        this.broker = broker;
        this.robots = robots;
        this.reader = new CommandReader(broker, log);
    }

    @Override
    public CommandHandle send(RobotId robot, CommandRequest request) {
        reader.ensureReading();
        Instant now = broker.clock().instant();
        Command command = request.sentAt(now);
        checkNotReserved(command);
        log.requested(robot, command, now);
        try {
            publish(FleetSubjects.command(robot), robot.value(), command, request.timeToLive());
        } catch (UnavailableException | InvalidInputException e) {
            log.forget(robot, command.commandId());
            throw e;
        }
        return new LoggedCommandHandle(this, log, robot, command.commandId());
    }

    @Override
    public UUID sendToAll(CommandRequest request) {
        reader.ensureReading();
        Instant now = broker.clock().instant();
        Command command = request.sentAt(now);
        checkNotReserved(command);
        publish(FleetSubjects.commandToAll(), FleetSubjects.ALL, command, request.timeToLive());
        log.broadcast(command, now);
        robots.list().forEach(robot -> log.requested(robot.id(), command, now));
        return command.commandId();
    }

    @Override
    public List<CommandHandle> sendToTag(String tag, CommandRequest request) {
        if (request.commandId().isPresent()) {
            throw new InvalidInputException(
                    "commandId", request.commandId().get(), "must be empty: each robot's command has an id of its own");
        }
        return robots.list().stream()
                .filter(robot -> robot.metadata().tags().contains(tag))
                .map(Robot::id)
                .map(robot -> send(robot, request))
                .toList();
    }

    @Override
    public void cancel(RobotId robot, UUID commandId) {
        CommandExecution execution = find(robot, commandId)
                .orElseThrow(() -> new NotFoundException("robot " + robot + " has no command " + commandId));
        if (execution.state().isFinal()) {
            throw new ConflictException("command " + commandId + " has already ended: " + execution.state());
        }
        CommandRequest cancel = CommandRequest.of(CommandTypes.CANCEL, JsonObject.of("commandId", commandId.toString()))
                .withTimeToLive(CANCEL_WITHIN);
        publish(
                FleetSubjects.command(robot),
                robot.value(),
                cancel.sentAt(broker.clock().instant()),
                CANCEL_WITHIN);
    }

    @Override
    public Optional<CommandExecution> find(RobotId robot, UUID commandId) {
        reader.ensureReading();
        return log.find(robot, commandId);
    }

    @Override
    public List<CommandExecution> executions(UUID commandId) {
        reader.ensureReading();
        return log.withId(commandId);
    }

    @Override
    public List<CommandExecution> recent(RobotId robot, int limit) {
        reader.ensureReading();
        return log.recent(robot, limit);
    }

    @Override
    public Subscription watch(Consumer<CommandExecution> handler) {
        reader.ensureReading();
        Delivery<CommandExecution> delivery =
                Delivery.start(broker.options().name() + "-commands", HELD_STEPS, handler);
        watchers.add(delivery);
        return new Subscription() {
            @Override
            public long dropped() {
                return delivery.dropped();
            }

            @Override
            public void close() {
                watchers.remove(delivery);
                delivery.close();
            }
        };
    }

    /** The broker forgets the message at the deadline, so that nobody gets it after. */
    private void publish(String subject, String address, Command command, Duration timeToLive) {
        Envelope<Command> envelope = Envelope.of(
                        MessageType.COMMAND, address, broker.clock().instant(), command)
                .withCorrelationId(command.commandId());
        int seconds = (int) Math.max(1, timeToLive.plusMillis(999).toSeconds());
        broker.publish(subject, envelope, PublishOptions.builder().messageTtlSeconds(seconds));
    }

    private static void checkNotReserved(Command command) {
        boolean stops = command.type().equals(CommandTypes.EMERGENCY_STOP)
                || command.type().equals(CommandTypes.EMERGENCY_STOP_RELEASE);
        if (stops) {
            throw new InvalidInputException("type", command.type(), "must go through EmergencyStop, which latches it");
        }
    }

    private void announce(CommandExecution execution) {
        watchers.forEach(watcher -> watcher.offer(execution));
    }

    @Override
    public void close() {
        watchers.forEach(Delivery::close);
        reader.close();
    }
}
