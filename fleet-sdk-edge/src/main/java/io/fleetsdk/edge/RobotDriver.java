package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetrySample;
import java.util.Map;
import java.util.Optional;

/**
 * One robot's body: the only interface a vendor implements. The agent calls it and does everything else.
 *
 * <p>Threads. {@link #status}, {@link #telemetry}, {@link #channels} and {@link #applySettings} are called by the agent's timer
 * thread, one call at a time, and by the threads that start and close the agent while the timer does not run;
 * {@link #refusal} by the thread that receives commands. All of these, and {@link #movesRobot}, must return within milliseconds,
 * for they delay the next sample, heartbeat or command. {@link #execute} has a thread to itself and may take as long as the
 * command. {@link #movesRobot}, {@link #emergencyStop} and {@link #releaseEmergencyStop} may be called by any thread at any
 * time, also during every other call, and {@code emergencyStop} must take effect before it returns. So a driver guards the
 * state these calls share.
 *
 * <p>What a call throws is logged and hurts only that call: a sample is left out, a command fails with the message, a
 * settings document is reported as refused whole.
 */
public interface RobotDriver extends AutoCloseable {
    /** How the robot is now: for each heartbeat and after each change the agent knows of. Quick. */
    DriverStatus status();

    /** What the robot measures now: at the configured rate, 10 Hz by default. Quick. */
    TelemetrySample telemetry();

    /** Content of further telemetry channels that is due now; called right after {@link #telemetry}. Quick. */
    default Map<TelemetryChannel, JsonObject> channels() {
        return Map.of();
    }

    /**
     * Applies the whole desired document: what can be applied is, and what cannot is named with its reason. Called for each
     * newer revision, and once at start with the document last applied, so it has to be repeatable. Quick.
     */
    SettingsOutcome applySettings(JsonObject desired);

    /**
     * Why the robot will not carry out this command, before it is accepted; empty if it will. The type is known and the
     * payload fits the capability's schema. Quick.
     */
    default Optional<String> refusal(Command command) {
        return Optional.empty();
    }

    /**
     * Whether carrying out this command may move the robot: such commands are refused while an emergency stop is latched.
     * Only answer false for what is harmless next to a person. Quick.
     */
    default boolean movesRobot(Command command) {
        return true;
    }

    /**
     * Carries out one command; the next begins after this returns. Looks at {@link CommandContext#stopReason} often, or waits
     * with {@link CommandContext#awaitStop}, and returns soon after it is set, with the robot at rest.
     *
     * @throws InterruptedException if the agent gives up waiting for the return after a stop; the command has failed
     * @throws RuntimeException if the command failed; its message becomes the reason
     */
    CommandOutcome execute(Command command, CommandContext context) throws InterruptedException;

    /**
     * Stops all motion at once and allows none until {@link #releaseEmergencyStop}. Also called at start, before anything
     * else, when the latch was left set. Repeatable. Must not wait for anything.
     */
    void emergencyStop();

    /** Allows motion again; starts none. Repeatable. */
    void releaseEmergencyStop();

    /** Called once, last, with the robot to be left at rest. */
    @Override
    default void close() {}
}
