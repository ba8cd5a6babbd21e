package io.fleetsdk.nats;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.command.Priority;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.ChannelCapability;
import io.fleetsdk.robot.CommandCapability;
import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotError;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.telemetry.TelemetrySample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Envelopes of every type with whatever the values' constructors allow. */
final class ArbitraryMessages {
    static final String ROBOT = "RB-001";

    private ArbitraryMessages() {}

    static Arbitrary<Envelope<?>> envelopes() {
        return Arbitraries.oneOf(
                envelope(MessageType.IDENTITY, identities()),
                envelope(MessageType.CAPABILITY, capabilities()),
                envelope(MessageType.STATUS, statuses()),
                envelope(MessageType.TELEMETRY, samples()),
                envelope(MessageType.SETTINGS_DESIRED, desired()),
                envelope(MessageType.SETTINGS_REPORTED, reported()),
                envelope(MessageType.COMMAND, commands()),
                envelope(MessageType.COMMAND_ACK, acks()));
    }

    private static <T> Arbitrary<Envelope<?>> envelope(MessageType<T> type, Arbitrary<T> payloads) {
        return Combinators.combine(
                        uuids(), instants(), uuids(), Arbitraries.longs().greaterOrEqual(0), payloads)
                .as((id, sentAt, correlation, seq, payload) -> new Envelope<>(
                        id,
                        ROBOT,
                        sentAt,
                        Optional.of(correlation),
                        OptionalLong.of(seq),
                        type,
                        payload,
                        Optional.empty()));
    }

    private static Arbitrary<RobotIdentity> identities() {
        return Combinators.combine(labels(), labels(), labels(), labels().optional(), objects())
                .as(RobotIdentity::new);
    }

    private static Arbitrary<RobotCapability> capabilities() {
        Arbitrary<CommandCapability> commands = Combinators.combine(tokens(), texts().optional(), objects(), booleans())
                .as(CommandCapability::new);
        Arbitrary<ChannelCapability> channels = Combinators.combine(tokens(), texts().optional(), texts().optional())
                .as(ChannelCapability::new);
        return Combinators.combine(
                        labels(),
                        commands.list().ofMaxSize(3),
                        doubles(0, Double.MAX_VALUE),
                        doubles(0, Double.MAX_VALUE),
                        texts().list().ofMaxSize(3),
                        booleans(),
                        channels.list().ofMaxSize(2),
                        objects())
                .as((firmware, can, speed, load, sensors, charging, more, schema) ->
                        new RobotCapability(firmware, can, speed, load, sensors, charging, !charging, more, schema));
    }

    private static Arbitrary<RobotStatus> statuses() {
        Arbitrary<RobotError> errors = Combinators.combine(
                        tokens(), Arbitraries.of(RobotError.Severity.class), texts(), texts().optional())
                .as(RobotError::new);
        return Combinators.combine(
                        Arbitraries.of(Presence.ONLINE, Presence.OFFLINE, Presence.HIBERNATING),
                        Arbitraries.of(OperatingMode.class),
                        Arbitraries.of(RobotState.class),
                        doubles(0, 100),
                        uuids().optional(),
                        Arbitraries.doubles().between(0.1, 3600),
                        errors.list().ofMaxSize(2),
                        Arbitraries.maps(texts(), texts()).ofMaxSize(2))
                .as((presence, mode, state, battery, active, heartbeat, wrong, models) -> new RobotStatus(
                        presence, mode, state, battery, true, false, active, "1.0", heartbeat, wrong, models));
    }

    private static Arbitrary<JsonObject> samples() {
        Arbitrary<Double> numbers = Arbitraries.doubles().between(-1e9, 1e9);
        return Combinators.combine(
                        numbers,
                        numbers,
                        numbers,
                        Arbitraries.doubles().between(0, 100),
                        numbers.list().ofMaxSize(3))
                .as((x, yaw, speed, battery, joints) -> TelemetrySample.builder()
                        .position(x, yaw, 0)
                        .yaw(yaw)
                        .velocity(speed, 0)
                        .battery(battery)
                        .temperature(speed)
                        .joints(joints)
                        .value("current", x)
                        .build()
                        .toJson());
    }

    private static Arbitrary<DesiredSettings> desired() {
        return Combinators.combine(
                        revisions(),
                        objects(),
                        Arbitraries.maps(texts(), instants()).ofMaxSize(2),
                        texts().optional())
                .as(DesiredSettings::new);
    }

    private static Arbitrary<ReportedSettings> reported() {
        return Combinators.combine(
                        revisions(),
                        objects(),
                        Arbitraries.maps(texts(), texts()).ofMaxSize(2))
                .as(ReportedSettings::new);
    }

    private static Arbitrary<Command> commands() {
        return Combinators.combine(
                        uuids(),
                        tokens(),
                        objects(),
                        Arbitraries.of(Priority.class),
                        instants().optional(),
                        texts().optional())
                .as(Command::new);
    }

    private static Arbitrary<CommandAck> acks() {
        return Combinators.combine(
                        Arbitraries.of(CommandState.class)
                                .filter(state -> state != CommandState.REQUESTED && state != CommandState.TIMEOUT),
                        doubles(0, 100),
                        texts().optional(),
                        objects().optional())
                .as(CommandAck::new);
    }

    private static Arbitrary<Long> revisions() {
        return Arbitraries.longs().greaterOrEqual(0);
    }

    private static Arbitrary<OptionalDouble> doubles(double min, double max) {
        return Arbitraries.doubles()
                .between(min, max)
                .map(OptionalDouble::of)
                .injectNull(0.2)
                .map(number -> number == null ? OptionalDouble.empty() : number);
    }

    private static Arbitrary<Boolean> booleans() {
        return Arbitraries.of(true, false);
    }

    private static Arbitrary<UUID> uuids() {
        return Arbitraries.create(UUID::randomUUID);
    }

    private static Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(0, 253_402_300_799_999L).map(Instant::ofEpochMilli);
    }

    private static Arbitrary<String> tokens() {
        return Arbitraries.strings()
                .withChars("AZaz09_-")
                .ofMinLength(0)
                .ofMaxLength(63)
                .map(rest -> "a" + rest);
    }

    private static Arbitrary<String> labels() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withChars('ä', '中', 'Ж', '\u00a0', '\u200d', '\ue000')
                .ofMinLength(1)
                .ofMaxLength(256);
    }

    private static Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange('\u0000', '\u00ff')
                .withChars('中', '\u2028', '"', '\\')
                .ofMaxLength(12);
    }

    private static Arbitrary<JsonObject> objects() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                texts().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().between(-1e300, 1e300).asGeneric(),
                booleans().asGeneric());
        Arbitrary<Object> values = Arbitraries.oneOf(
                leaves,
                leaves.list().ofMaxSize(2).map(List::copyOf).asGeneric(),
                Arbitraries.maps(texts(), leaves).ofMaxSize(2).map(Map::copyOf).asGeneric());
        return Arbitraries.maps(texts(), values).ofMaxSize(3).map(JsonObject::of);
    }
}
