package io.fleetsdk;

import io.fleetsdk.command.CommandClient;
import io.fleetsdk.command.EmergencyStop;
import io.fleetsdk.inference.InferenceClient;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.quarantine.Quarantine;
import io.fleetsdk.robot.RobotRegistry;
import io.fleetsdk.settings.SettingsClient;
import io.fleetsdk.telemetry.TelemetryClient;

/**
 * One connection to a fleet, seen from the backend. Each accessor returns the client of one concept; asking twice returns
 * the same client. Thread-safe. The robot's side of the same wire is {@link io.fleetsdk.link.RobotLink}.
 */
public interface Fleet extends AutoCloseable {
    /** Who the robots are, what they can do and whether they are there. */
    RobotRegistry robots();

    /** What the robots measure: live and from history. */
    TelemetryClient telemetry();

    /** What robots should be set to, what they are set to, and the difference. */
    SettingsClient settings();

    /** Instructions to robots and what became of them. */
    CommandClient commands();

    /** Latched emergency stops of one robot or of all. */
    EmergencyStop emergencyStop();

    /** Background work: queues, workers, schedules, dead letters. */
    JobClient jobs();

    /** Trained models: versions, signatures, aliases. */
    ModelRegistry models();

    /** Messages that could not be read, kept whole with the reason. */
    Quarantine quarantine();

    /** Questions to models that run elsewhere. */
    InferenceClient inference();

    /** Whether the broker can be reached at this moment. The connection is restored by itself for ever. */
    boolean isConnected();

    /** Ends all subscriptions and the connection. Idempotent; throws nothing. */
    @Override
    void close();
}
