package io.fleetsdk.testing;

import io.fleetsdk.Fleet;
import io.fleetsdk.command.CommandClient;
import io.fleetsdk.command.EmergencyStop;
import io.fleetsdk.inference.InferenceClient;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.quarantine.Quarantine;
import io.fleetsdk.robot.RobotRegistry;
import io.fleetsdk.settings.SettingsClient;
import io.fleetsdk.telemetry.TelemetryClient;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A connection that is closed as a fleet's is, and no more of a fleet: this module knows no client of the broker. */
record RawFleet(RawClient connection) implements Fleet {

    static RawFleet connect(String url) {
        try {
            return new RawFleet(RawClient.connect(url));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean isConnected() {
        return true;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public RobotRegistry robots() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TelemetryClient telemetry() {
        throw new UnsupportedOperationException();
    }

    @Override
    public SettingsClient settings() {
        throw new UnsupportedOperationException();
    }

    @Override
    public CommandClient commands() {
        throw new UnsupportedOperationException();
    }

    @Override
    public EmergencyStop emergencyStop() {
        throw new UnsupportedOperationException();
    }

    @Override
    public JobClient jobs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public ModelRegistry models() {
        throw new UnsupportedOperationException();
    }

    @Override
    public InferenceClient inference() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Quarantine quarantine() {
        throw new UnsupportedOperationException();
    }
}
