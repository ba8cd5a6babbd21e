package io.fleetsdk.nats;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.Subscription;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.link.CommandDelivery;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.link.Sequence;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.nats.client.Message;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A robot on a NATS broker with JetStream. One thread of its own connects, again and again, reads latches and settings, and pulls
 * commands.
 */
public final class NatsRobotLink implements RobotLink {
    private static final Logger log = LoggerFactory.getLogger(NatsRobotLink.class);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(250);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
    private static final int SPREAD_MILLIS = 250;

    private final NatsOptions options;
    private final RobotId robot;
    private final Bell bell = new Bell();
    private final Bell end = new Bell();
    private final RobotLinkHandlers<Connection> connections = new RobotLinkHandlers<>(bell);
    private final RobotLinkHandlers<StopSignal> stopHandlers = new RobotLinkHandlers<>(bell);
    private final RobotLinkHandlers<DesiredSettings> settingsHandlers = new RobotLinkHandlers<>(bell);
    private final RobotLinkHandlers<CommandDelivery> commands = new RobotLinkHandlers<>(bell);
    private final RobotLinkStops stops;
    private final RobotLinkSettings settings;
    private final RobotLinkMessages messages;
    private final RobotLinkOutlet outlet;
    private final RobotLinkSession.CommandSource commandSource;
    private final Thread thread;
    private @Nullable RobotLinkSession session;
    private boolean closed;

    private NatsRobotLink(NatsOptions options, RobotId robot, Optional<String> zone, Sequence sequence) {
        this.options = options;
        this.robot = robot;
        JacksonCodec json = new JacksonCodec();
        EnvelopeCodec codec = new EnvelopeCodec(json);
        FleetTopology topology = options.topology();
        String bucket = topology.bucket(FleetBucket.FLEET_CONFIG).name();
        String settingsStream = topology.stream(FleetStream.ROBOT_SETTINGS).name();
        String commandStream = topology.stream(FleetStream.ROBOT_COMMANDS).name();
        stops = new RobotLinkStops(robot, bucket, json, codec, stopHandlers);
        settings = new RobotLinkSettings(robot, settingsStream, codec, settingsHandlers);
        messages = new RobotLinkMessages(codec, robot, sequence, options.clock());
        outlet = new RobotLinkOutlet(options.requestTimeout());
        commandSource = connection -> RobotLinkCommands.open(connection, commandStream, robot, zone, codec, messages);
        thread = new Thread(this::run, "robot-link-" + robot);
        thread.setDaemon(true);
    }

    /**
     * Begins to connect and returns at once, whether the broker can be reached or not. The broker must hold the options'
     * topology; the link makes only the robot's own consumer of commands, where it is not there yet.
     *
     * @param zone the zone whose broadcasts the robot obeys, if any
     * @param sequence the robot's counters; stays the caller's, who closes it after the link
     */
    public static NatsRobotLink connect(NatsOptions options, RobotId robot, Optional<String> zone, Sequence sequence) {
        zone.ifPresent(FleetSubjects::commandToZone);
        NatsRobotLink link = new NatsRobotLink(options, robot, zone, sequence);
        link.thread.start();
        return link;
    }

    @Override
    public RobotId robotId() {
        return robot;
    }

    @Override
    public CompletableFuture<Void> publishIdentity(RobotIdentity identity) {
        return keep(() -> messages.message(FleetSubjects.identity(robot), MessageType.IDENTITY, identity));
    }

    @Override
    public CompletableFuture<Void> publishCapability(RobotCapability capability) {
        return keep(() -> messages.message(FleetSubjects.capability(robot), MessageType.CAPABILITY, capability));
    }

    @Override
    public CompletableFuture<Void> publishReported(ReportedSettings reported) {
        return keep(
                () -> messages.message(FleetSubjects.settingsReported(robot), MessageType.SETTINGS_REPORTED, reported));
    }

    @Override
    public CompletableFuture<Void> publishAck(UUID commandId, CommandAck ack) {
        return keep(() -> messages.answer(FleetSubjects.commandAck(robot), MessageType.COMMAND_ACK, ack, commandId));
    }

    @Override
    public CompletableFuture<Void> publishStatus(RobotStatus status) {
        return once(() -> messages.message(FleetSubjects.status(robot), MessageType.STATUS, status));
    }

    @Override
    public CompletableFuture<Void> publishTelemetry(TelemetryChannel channel, JsonObject payload) {
        return once(() -> messages.message(FleetSubjects.telemetry(robot, channel), MessageType.TELEMETRY, payload));
    }

    @Override
    public synchronized Subscription onCommand(Consumer<CommandDelivery> handler) {
        if (!commands.isEmpty()) {
            throw new IllegalStateException("commands have a handler already");
        }
        return commands.add(handler);
    }

    @Override
    public Subscription onDesiredSettings(Consumer<DesiredSettings> handler) {
        return settingsHandlers.add(handler);
    }

    @Override
    public Subscription onEmergencyStop(Consumer<StopSignal> handler) {
        return stopHandlers.add(handler);
    }

    @Override
    public Subscription onConnectionChange(Consumer<Connection> handler) {
        return connections.add(handler);
    }

    @Override
    public synchronized Connection connection() {
        return session != null && session.isConnected() ? Connection.CONNECTED : Connection.DISCONNECTED;
    }

    @Override
    public void close() {
        try {
            outlet.awaitEmpty(options.requestTimeout());
            end();
            thread.join(LONGEST_PAUSE.plus(options.requestTimeout()).toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        outlet.close();
    }

    private synchronized void end() {
        closed = true;
        end.ring();
        bell.ring();
        if (session != null) {
            session.close();
        }
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    private void run() {
        int failures = 0;
        try {
            while (!isClosed()) {
                failures = live(failures) ? 0 : failures + 1;
                if (!isClosed()) {
                    end.await(pause(failures));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * @param failures attempts before this one that have failed
     * @return whether there was a connection
     */
    private boolean live(int failures) throws InterruptedException {
        try (RobotLinkSession connected = RobotLinkSession.open(options, robot, bell)) {
            // Who is told CONNECTED may publish at once.
            outlet.attach(connected.jetStream());
            if (!begin(connected)) {
                outlet.detach();
                return true;
            }
            try {
                connections.tell(Connection.CONNECTED);
                connected.run(stops, settings, outlet, commandSource, commands);
            } finally {
                outlet.detach();
                finish();
                connections.tell(Connection.DISCONNECTED);
            }
            return true;
        } catch (IOException e) {
            log.atLevel(failures == 0 ? Level.WARN : Level.DEBUG)
                    .log("{} cannot connect and goes on trying: {}", robot, e.getMessage());
            return false;
        } catch (RuntimeException e) {
            log.error("{}: the connection failed unexpectedly and is made anew", robot, e);
            return false;
        }
    }

    private synchronized boolean begin(RobotLinkSession connected) {
        if (!closed) {
            session = connected;
        }
        return !closed;
    }

    private synchronized void finish() {
        session = null;
    }

    /** Longer after each failure, and not the same for all robots, so that a fleet does not come back in one blow. */
    private Duration pause(int failures) {
        long doubled = SHORTEST_PAUSE.toMillis() << Math.min(failures, 8);
        return Duration.ofMillis(Math.min(doubled, LONGEST_PAUSE.toMillis())
                + Math.floorMod(robot.value().hashCode(), SPREAD_MILLIS));
    }

    private CompletableFuture<Void> keep(Supplier<Message> message) {
        return publish(message, outlet::keep);
    }

    private CompletableFuture<Void> once(Supplier<Message> message) {
        return publish(message, outlet::once);
    }

    /** Counting and sending are one step, so that the counters rise along the wire. */
    private CompletableFuture<Void> publish(
            Supplier<Message> message, Function<Message, CompletableFuture<Void>> send) {
        synchronized (outlet) {
            try {
                return send.apply(message.get());
            } catch (InvalidInputException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }
}
