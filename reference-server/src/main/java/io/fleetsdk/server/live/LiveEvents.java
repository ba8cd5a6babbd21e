package io.fleetsdk.server.live;

import io.fleetsdk.command.EmergencyStop;
import io.fleetsdk.command.StopLatch;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.server.rest.DeltaDto;
import io.fleetsdk.server.rest.RobotDto;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.settings.SettingsChange;
import io.fleetsdk.telemetry.Orientation;
import io.fleetsdk.telemetry.Position;
import io.fleetsdk.telemetry.TelemetryReading;
import io.fleetsdk.telemetry.TelemetrySample;
import io.fleetsdk.telemetry.Velocity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The data of the events that have no REST answer of the same shape. */
final class LiveEvents {
    private LiveEvents() {}

    /** All there is when a client connects. */
    record Snapshot(List<RobotDto> robots, StopLatch fleetStop, Instant serverTime) {}

    /** The newest samples of a tick. */
    record Batch(List<Sample> samples) {}

    /** A whole sample, flat: m, rad, m/s, rad/s, percent, °C. */
    record Sample(
            String robotId,
            Instant sentAt,
            OptionalDouble x,
            OptionalDouble y,
            OptionalDouble yaw,
            OptionalDouble linear,
            OptionalDouble angular,
            OptionalDouble battery,
            OptionalDouble temperature,
            Optional<Map<String, Double>> values) {
        static Sample of(TelemetryReading reading) {
            TelemetrySample sample = reading.sample();
            return new Sample(
                    reading.robotId().value(),
                    reading.sentAt(),
                    number(sample.position().map(Position::x)),
                    number(sample.position().map(Position::y)),
                    number(sample.orientation().map(Orientation::yaw)),
                    number(sample.velocity().map(Velocity::linear)),
                    number(sample.velocity().map(Velocity::angular)),
                    sample.battery(),
                    sample.temperature(),
                    Optional.of(sample.values()).filter(values -> !values.isEmpty()));
        }

        private static OptionalDouble number(Optional<Double> value) {
            return value.map(OptionalDouble::of).orElse(OptionalDouble.empty());
        }
    }

    /** Settings of a robot after a change. */
    record Settings(String robotId, Desired desired, Optional<Reported> reported, DeltaDto delta) {
        static Settings of(SettingsChange change) {
            return new Settings(
                    change.robotId().value(),
                    Desired.of(change.desired()),
                    change.reported().map(Reported::of),
                    DeltaDto.of(change.robotId(), change.delta()));
        }
    }

    /** What is desired. */
    record Desired(long revision, JsonObject payload) {
        static Desired of(DesiredSettings desired) {
            return new Desired(desired.revision(), desired.settings());
        }
    }

    /** What is applied. */
    record Reported(long appliedRevision, JsonObject payload, Map<String, String> errors) {
        static Reported of(ReportedSettings reported) {
            return new Reported(reported.appliedRevision(), reported.settings(), reported.errors());
        }
    }

    /** A latch after a change; without robot it is the fleet's. */
    record Latch(
            Optional<String> robotId, boolean stopped, long revision, String reason, String requestedBy, Instant at) {
        static Latch of(EmergencyStop.Change change) {
            StopLatch latch = change.latch();
            return new Latch(
                    change.robot().map(RobotId::value),
                    latch.stopped(),
                    latch.revision(),
                    latch.reason(),
                    latch.requestedBy(),
                    latch.at());
        }
    }
}
