package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.TelemetrySample;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/**
 * A driver that does what its commands say: {@code beep} at once, {@code drive} until it is stopped, {@code watch} the same without
 * moving, {@code crash} by throwing, {@code sulk} until it is interrupted; and writes everything down.
 */
final class ObedientDriver implements RobotDriver {
    final List<UUID> executed = new CopyOnWriteArrayList<>();
    final List<JsonObject> settings = new CopyOnWriteArrayList<>();
    final List<String> events = new CopyOnWriteArrayList<>();
    volatile boolean stopped;
    volatile boolean refusesToStop;
    volatile Runnable whenAsked = () -> {};
    volatile Optional<RuntimeException> telemetryFailure = Optional.empty();

    @Override
    public DriverStatus status() {
        return DriverStatus.of(RobotState.IDLE).discharging(80);
    }

    @Override
    public TelemetrySample telemetry() {
        telemetryFailure.ifPresent(failure -> {
            throw failure;
        });
        return TelemetrySample.builder().position(1, 2, 0).yaw(0.5).build();
    }

    @Override
    public SettingsOutcome applySettings(JsonObject desired) {
        if (desired.get("explode").isPresent()) {
            throw new IllegalStateException("boom");
        }
        settings.add(desired);
        events.add("settings");
        SettingsOutcome outcome = SettingsOutcome.applied(desired.with("volume", 5));
        return desired.get("lamp").isPresent() ? outcome.withError("/lamp", "there is no lamp") : outcome;
    }

    @Override
    public Optional<String> refusal(Command command) {
        whenAsked.run();
        return command.payload().string("refuse");
    }

    @Override
    public boolean movesRobot(Command command) {
        return !Set.of("beep", "watch").contains(command.type());
    }

    @Override
    public CommandOutcome execute(Command command, CommandContext context) throws InterruptedException {
        executed.add(command.commandId());
        events.add(command.type());
        switch (command.type()) {
            case "beep" -> {
                return CommandOutcome.completed(JsonObject.of("beeps", 1));
            }
            case "drive", "watch" -> {
                context.progress(10, "on my way");
                return context.awaitStop(Duration.ofMinutes(5))
                        ? CommandOutcome.cancelled()
                        : CommandOutcome.failed("nobody stopped me");
            }
            case "sulk" -> {
                new CountDownLatch(1).await();
                return CommandOutcome.completed();
            }
            default -> throw new IllegalStateException("wheel fell off");
        }
    }

    @Override
    public void emergencyStop() {
        if (refusesToStop) {
            throw new IllegalStateException("brake does not answer");
        }
        stopped = true;
        events.add("stop");
    }

    @Override
    public void releaseEmergencyStop() {
        stopped = false;
        events.add("release");
    }

    @Override
    public void close() {
        events.add("close");
    }
}
