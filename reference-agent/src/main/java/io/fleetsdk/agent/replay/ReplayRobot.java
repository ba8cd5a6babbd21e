package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.agent.replay.Playback.Laps;
import io.fleetsdk.agent.robot.SettingsReader;
import io.fleetsdk.agent.robot.SteppedRobot;
import io.fleetsdk.command.Command;
import io.fleetsdk.edge.CommandContext;
import io.fleetsdk.edge.CommandOutcome;
import io.fleetsdk.edge.DriverStatus;
import io.fleetsdk.edge.SettingsOutcome;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotError.Severity;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.TelemetrySample;
import io.fleetsdk.telemetry.Velocity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a recorded drive again. After the last pose it holds for three seconds and begins the next lap where the recording
 * began, with a jump: no way back was recorded. An emergency stop holds the recording's clock and so the robot; released, it
 * goes on. Its battery is modelled, not recorded: full when a lap begins, one percent less for every 50 m of it, at least 5.
 * Thread-safe.
 */
public final class ReplayRobot implements SteppedRobot {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayRobot.class);
    private static final String PAUSE = "pause";
    private static final String RESUME = "resume";
    private static final String RESTART = "restart";
    private static final double SLOWEST = 0.01;
    private static final double FASTEST = 1000;
    private static final double METRES_PER_PERCENT = 50;
    private static final double LOWEST_PERCENT = 5;

    private final Object lock = new Object();
    private final Playback playback;
    private final double initialSpeed;
    private final Map<String, Runnable> actions;
    private double speed;
    private boolean paused;
    private Optional<String> fault = Optional.empty();
    private volatile boolean held;

    private ReplayRobot(Playback playback, double speed) {
        if (!(speed >= SLOWEST && speed <= FASTEST)) {
            throw new InvalidInputException("speed", speed, "must be from " + SLOWEST + " to " + FASTEST);
        }
        this.playback = playback;
        this.initialSpeed = speed;
        this.speed = speed;
        this.actions = Map.of(PAUSE, () -> paused = true, RESUME, () -> paused = false, RESTART, this::restart);
    }

    /**
     * Laps without end.
     *
     * @param speed seconds of the recording in each second, 0.01 to 1000; until settings say otherwise
     * @throws InvalidInputException if the speed is out of range or the recording can no longer be read
     */
    public static ReplayRobot endless(Recording recording, double speed) {
        return new ReplayRobot(new Playback(recording, Laps.ENDLESS), speed);
    }

    /**
     * One lap; then stays where the recording ends, until it is told to restart.
     *
     * @throws InvalidInputException if the speed is out of range or the recording can no longer be read
     */
    public static ReplayRobot once(Recording recording, double speed) {
        return new ReplayRobot(new Playback(recording, Laps.ONCE), speed);
    }

    @Override
    public void step(double seconds) {
        synchronized (lock) {
            if (!isStill()) {
                guarded(() -> playback.advance(seconds, speed));
            }
        }
    }

    @Override
    public DriverStatus status() {
        synchronized (lock) {
            return DriverStatus.of(state()).discharging(battery()).withErrors(errors());
        }
    }

    @Override
    public TelemetrySample telemetry() {
        synchronized (lock) {
            Pose pose = playback.pose();
            Attitude attitude = pose.attitude();
            Velocity recorded = isStill() ? new Velocity(0, 0) : playback.velocity();
            return TelemetrySample.builder()
                    .position(pose.x(), pose.y(), pose.z())
                    .orientation(attitude.roll(), attitude.pitch(), attitude.yaw())
                    .velocity(recorded.linear() * speed, recorded.angular() * speed)
                    .battery(battery())
                    .value("lap", playback.lap())
                    .value("driven", playback.driven())
                    .value("recordedSeconds", playback.position())
                    .build();
        }
    }

    @Override
    public SettingsOutcome applySettings(JsonObject desired) {
        synchronized (lock) {
            SettingsReader reader = new SettingsReader(desired);
            speed = reader.number("speed", SLOWEST, FASTEST, initialSpeed, speed);
            return reader.outcome(JsonObject.of("speed", speed));
        }
    }

    @Override
    public Optional<String> refusal(Command command) {
        return actions.containsKey(command.type())
                ? Optional.empty()
                : Optional.of("a replayed robot does not know " + command.type());
    }

    @Override
    public boolean movesRobot(Command command) {
        return !command.type().equals(PAUSE);
    }

    @Override
    public CommandOutcome execute(Command command, CommandContext context) {
        synchronized (lock) {
            Optional.ofNullable(actions.get(command.type()))
                    .orElseThrow(() -> new InvalidInputException("type", command.type(), "must be known to this robot"))
                    .run();
            return CommandOutcome.completed(
                    JsonObject.of("lap", playback.lap(), "recordedSeconds", playback.position()));
        }
    }

    @Override
    public void emergencyStop() {
        held = true;
    }

    @Override
    public void releaseEmergencyStop() {
        held = false;
    }

    @Override
    public void close() {
        synchronized (lock) {
            held = true;
            playback.close();
        }
    }

    private void restart() {
        fault = Optional.empty();
        paused = false;
        playback.rewind();
    }

    /** A recording that can no longer be read stops the robot, not the agent. */
    private void guarded(Runnable motion) {
        try {
            motion.run();
        } catch (InvalidInputException e) {
            String reason = String.valueOf(e.getMessage());
            LOG.error("The replay has stopped: {}", reason);
            fault = Optional.of(reason);
        }
    }

    private boolean isStill() {
        return held || paused || fault.isPresent();
    }

    private double battery() {
        return Math.max(LOWEST_PERCENT, 100 - playback.driven() / METRES_PER_PERCENT);
    }

    private RobotState state() {
        if (fault.isPresent()) {
            return RobotState.ERROR;
        }
        return paused || playback.hasEnded() ? RobotState.IDLE : RobotState.EXECUTING;
    }

    private List<RobotError> errors() {
        return fault.map(reason -> List.of(new RobotError(
                        "recording_unreadable",
                        Severity.FATAL,
                        reason,
                        Optional.of("Put the file back and send the command restart."))))
                .orElse(List.of());
    }
}
