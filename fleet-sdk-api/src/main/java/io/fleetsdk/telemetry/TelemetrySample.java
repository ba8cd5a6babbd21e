package io.fleetsdk.telemetry;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * One whole sample of a robot (seed: TelemetryData). Everything is optional; a robot sends what it has.
 *
 * @param position m
 * @param orientation rad
 * @param velocity m/s, rad/s
 * @param battery percent, 0 to 100
 * @param temperature °C
 * @param joints joint positions in rad, in the robot's own order
 * @param values further numbers by name; their units are in the robot's capability
 */
public record TelemetrySample(
        Optional<Position> position,
        Optional<Orientation> orientation,
        Optional<Velocity> velocity,
        OptionalDouble battery,
        OptionalDouble temperature,
        List<Double> joints,
        Map<String, Double> values) {
    public TelemetrySample {
        battery = Require.within("battery", battery, 0, 100);
        temperature.ifPresent(celsius -> Require.finite("temperature", celsius));
        joints = List.copyOf(joints);
        joints.forEach(joint -> Require.finite("joints", joint));
        values = Map.copyOf(values);
        values.forEach(TelemetrySample::checkFinite);
    }

    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads a payload; unknown members are ignored.
     *
     * @throws InvalidInputException if a known member has the wrong type or range
     */
    public static TelemetrySample from(JsonObject payload) {
        Numbers numbers = new Numbers("", payload);
        return new TelemetrySample(
                numbers.part("position").map(p -> new Position(p.required("x"), p.required("y"), p.orZero("z"))),
                numbers.part("orientation")
                        .map(o -> new Orientation(o.orZero("roll"), o.orZero("pitch"), o.required("yaw"))),
                numbers.part("velocity").map(v -> new Velocity(v.required("linear"), v.orZero("angular"))),
                numbers.optional("battery"),
                numbers.optional("temperature"),
                numbers.list("joints"),
                numbers.part("values").map(Numbers::all).orElse(Map.of()));
    }

    /**
     * Whether {@link #from} can read a payload.
     *
     * @throws InvalidInputException if it cannot
     */
    public static void check(JsonObject payload) {
        from(payload);
    }

    /** The payload {@link #from} reads. */
    public JsonObject toJson() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        position.ifPresent(p -> json.put("position", Map.of("x", p.x(), "y", p.y(), "z", p.z())));
        orientation.ifPresent(
                o -> json.put("orientation", Map.of("roll", o.roll(), "pitch", o.pitch(), "yaw", o.yaw())));
        velocity.ifPresent(v -> json.put("velocity", Map.of("linear", v.linear(), "angular", v.angular())));
        battery.ifPresent(b -> json.put("battery", b));
        temperature.ifPresent(t -> json.put("temperature", t));
        if (!joints.isEmpty()) {
            json.put("joints", joints);
        }
        if (!values.isEmpty()) {
            json.put("values", values);
        }
        return JsonObject.of(json);
    }

    private static void checkFinite(String name, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidInputException("values." + name, value, "must be a finite number");
        }
    }

    /** Collects what a robot has measured. Not thread-safe. */
    public static final class Builder {
        private Optional<Position> position = Optional.empty();
        private Optional<Orientation> orientation = Optional.empty();
        private Optional<Velocity> velocity = Optional.empty();
        private OptionalDouble battery = OptionalDouble.empty();
        private OptionalDouble temperature = OptionalDouble.empty();
        private List<Double> joints = List.of();
        private final Map<String, Double> values = new LinkedHashMap<>();

        private Builder() {}

        /** Metres in the map frame. */
        public Builder position(double x, double y, double z) {
            position = Optional.of(new Position(x, y, z));
            return this;
        }

        /** Heading in rad, counter-clockwise from the x axis. */
        public Builder yaw(double yaw) {
            orientation = Optional.of(new Orientation(0, 0, yaw));
            return this;
        }

        /** Radians. */
        public Builder orientation(double roll, double pitch, double yaw) {
            orientation = Optional.of(new Orientation(roll, pitch, yaw));
            return this;
        }

        /** m/s and rad/s. */
        public Builder velocity(double linear, double angular) {
            velocity = Optional.of(new Velocity(linear, angular));
            return this;
        }

        /** Percent, 0 to 100. */
        public Builder battery(double percent) {
            battery = OptionalDouble.of(Require.within("battery", percent, 0, 100));
            return this;
        }

        /** °C. */
        public Builder temperature(double celsius) {
            temperature = OptionalDouble.of(Require.finite("temperature", celsius));
            return this;
        }

        /** Radians, in the robot's own order. */
        public Builder joints(List<Double> positions) {
            positions.forEach(position -> Require.finite("joints", position));
            joints = List.copyOf(positions);
            return this;
        }

        /** A further number in the unit the capability gives for it. */
        public Builder value(String name, double value) {
            checkFinite(name, value);
            values.put(name, value);
            return this;
        }

        public TelemetrySample build() {
            return new TelemetrySample(position, orientation, velocity, battery, temperature, joints, values);
        }
    }
}
