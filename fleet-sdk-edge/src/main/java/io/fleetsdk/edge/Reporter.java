package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the driver how the robot is and what it measures, and publishes it. Called by the agent's timer. */
final class Reporter {
    private final RobotConfig config;
    private final GuardedDriver driver;
    private final EmergencyHold hold;
    private final CommandQueue queue;
    private final RobotLink link;
    private final FleetingMessages messages;
    private @Nullable Gist sent;

    Reporter(
            RobotConfig config,
            GuardedDriver driver,
            EmergencyHold hold,
            CommandQueue queue,
            RobotLink link,
            FleetingMessages messages) {
        this.config = config;
        this.driver = driver;
        this.hold = hold;
        this.queue = queue;
        this.link = link;
        this.messages = messages;
    }

    void telemetry() {
        driver.telemetry()
                .ifPresent(sample -> messages.watch(link.publishTelemetry(TelemetryChannel.WHOLE, sample.toJson())));
        driver.channels().forEach((channel, content) -> messages.watch(link.publishTelemetry(channel, content)));
    }

    void heartbeat() {
        send(status(Presence.ONLINE));
    }

    /** A heartbeat ahead of time, if something has changed since the last that people wait to see. */
    void changes() {
        RobotStatus now = status(Presence.ONLINE);
        if (!Gist.of(now).equals(sent)) {
            send(now);
        }
    }

    /** The last heartbeat. */
    CompletableFuture<Void> goodbye() {
        return link.publishStatus(status(Presence.OFFLINE));
    }

    private void send(RobotStatus status) {
        sent = Gist.of(status);
        messages.watch(link.publishStatus(status));
    }

    private RobotStatus status(Presence presence) {
        DriverStatus now = driver.status();
        List<RobotError> errors =
                Stream.concat(now.errors().stream(), driver.errors().stream()).toList();
        return new RobotStatus(
                presence,
                now.mode(),
                hold.isHeld() ? RobotState.STOPPED : now.state(),
                now.battery(),
                now.charging(),
                hold.isHeld(),
                queue.running().map(RunningCommand::command).map(Command::commandId),
                config.identity().firmwareVersion(),
                config.heartbeat().toNanos() / 1e9,
                errors,
                now.models());
    }

    /** What of a status is worth a heartbeat of its own. */
    private record Gist(
            OperatingMode mode,
            RobotState state,
            boolean charging,
            boolean emergencyStop,
            Optional<UUID> activeCommand,
            Set<String> errors) {
        static Gist of(RobotStatus status) {
            return new Gist(
                    status.mode(),
                    status.state(),
                    status.charging(),
                    status.emergencyStop(),
                    status.activeCommand(),
                    status.errors().stream().map(RobotError::type).collect(Collectors.toSet()));
        }
    }
}
