package io.fleetsdk.link;

import io.fleetsdk.Subscription;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.StopLatch;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One robot's connection. Publishing returns at once; the future completes when the broker has stored the message, or
 * exceptionally with a {@link io.fleetsdk.FleetException}, on a thread of the link that must not be kept waiting. Thread-safe.
 * The link reconnects by itself for ever.
 *
 * <p>Status and telemetry are tried once: without a connection they fail at once. Everything else is kept in memory, up to
 * 10,000 messages, and sent again in order, with the same message id, until the broker has stored it or the link is closed.
 */
public interface RobotLink extends AutoCloseable {
    RobotId robotId();

    CompletableFuture<Void> publishIdentity(RobotIdentity identity);

    CompletableFuture<Void> publishCapability(RobotCapability capability);

    CompletableFuture<Void> publishStatus(RobotStatus status);

    /** Publishes a whole sample ({@link TelemetryChannel#WHOLE}) or the content of one channel. */
    CompletableFuture<Void> publishTelemetry(TelemetryChannel channel, JsonObject payload);

    CompletableFuture<Void> publishReported(ReportedSettings reported);

    CompletableFuture<Void> publishAck(UUID commandId, CommandAck ack);

    /**
     * Commands for this robot and broadcasts, in order, one call of the handler at a time. After each connect they wait until
     * the handlers of emergency stops have heard how both latches stand. One handler only.
     *
     * @throws IllegalStateException if there is a handler already
     */
    Subscription onCommand(Consumer<CommandDelivery> handler);

    /**
     * The newest desired settings: after subscribing, after every reconnect, and whenever they change. The same revision may
     * come more than once.
     */
    Subscription onDesiredSettings(Consumer<DesiredSettings> handler);

    /**
     * The robot's own latch and the fleet's: after subscribing, after every reconnect, and at once when one changes. The same
     * latch may come more than once.
     */
    Subscription onEmergencyStop(Consumer<StopSignal> handler);

    /** Calls the handler after each loss and each return of the connection. */
    Subscription onConnectionChange(Consumer<Connection> handler);

    Connection connection();

    /** Closes after sending what is buffered. Idempotent; throws nothing. */
    @Override
    void close();

    /** Whether the broker can be reached. */
    enum Connection {
        CONNECTED,
        DISCONNECTED
    }

    /** Whose latch it is. */
    enum StopScope {
        ROBOT,
        FLEET
    }

    /** How the link has learned of a latch. */
    enum StopSource {
        /** It was told of a change; signals may be lost, doubled or late. */
        SIGNAL,
        /** It has read what is stored: how the latch stands, {@link StopLatch#never()} included. */
        STORED
    }

    /** A latch as it stands. */
    record StopSignal(StopScope scope, StopLatch latch, StopSource source) {}
}
