package io.fleetsdk.nats;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.envelope.TraceContext;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetrySample;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Envelopes as JSON text, protocol version 1. Thread-safe. Reading checks everything a handler relies on: size, syntax, version,
 * type, that subject and body agree on the robot, and the payload's own rules; what fails is never half-read.
 */
public final class EnvelopeCodec {
    private final JacksonCodec json;

    public EnvelopeCodec(JacksonCodec json) {
        this.json = json;
    }

    /**
     * @return UTF-8 text of at most {@link Envelope#MAX_BYTES}
     * @throws InvalidInputException if it would be larger, or nest deeper than {@value JsonObject#MAX_DEPTH} levels
     */
    public byte[] encode(Envelope<?> envelope) {
        byte[] text = json.encode(envelope);
        if (text.length > Envelope.MAX_BYTES) {
            throw new InvalidInputException(
                    "payload", text.length + " bytes", "must fit " + Envelope.MAX_BYTES + " bytes");
        }
        return text;
    }

    /**
     * @param type what the subject carries
     * @param subject where the message was sent
     * @throws MalformedEnvelopeException with the reason; the message belongs in quarantine
     */
    public <T> Envelope<T> decode(MessageType<T> type, String subject, byte[] body, Optional<TraceContext> trace) {
        if (body.length > Envelope.MAX_BYTES) {
            throw malformed(Malformation.OVERSIZED, body.length + " bytes are more than " + Envelope.MAX_BYTES, null);
        }
        JsonObject tree = tree(body);
        try {
            return envelope(type, subject, tree, trace);
        } catch (InvalidInputException e) {
            throw malformed(Malformation.NOT_AN_ENVELOPE, e.getMessage(), e);
        }
    }

    private <T> Envelope<T> envelope(
            MessageType<T> type, String subject, JsonObject tree, Optional<TraceContext> trace) {
        checkVersion(tree);
        UUID messageId = uuid(tree, "messageId").orElseThrow(() -> missing("messageId"));
        Instant sentAt = instant(tree);
        Optional<UUID> correlationId = uuid(tree, "correlationId");
        if (type == MessageType.COMMAND_ACK && correlationId.isEmpty()) {
            throw missing("correlationId");
        }
        OptionalLong seq = seq(tree);
        checkType(type, tree.string("type").orElseThrow(() -> missing("type")));
        String robotId = tree.string("robotId").orElseThrow(() -> missing("robotId"));
        checkAddress(subject, robotId);
        JsonObject payload = tree.object("payload").orElseThrow(() -> missing("payload"));
        return new Envelope<>(
                messageId, robotId, sentAt, correlationId, seq, type, payload(type, subject, payload), trace);
    }

    private JsonObject tree(byte[] body) {
        try {
            return json.decode(body, JsonObject.class);
        } catch (InvalidInputException e) {
            throw malformed(Malformation.NOT_JSON, e.getMessage(), e);
        }
    }

    private <T> T payload(MessageType<T> type, String subject, JsonObject tree) {
        try {
            if (type.payload() == JsonObject.class) {
                checkSample(subject, tree);
                return type.payload().cast(tree);
            }
            return json.convert(tree, type.payload());
        } catch (InvalidInputException e) {
            throw malformed(Malformation.INVALID_PAYLOAD, e.getMessage(), e);
        }
    }

    /** Whole samples have a shape; the content of a channel is the robot's own. */
    private static void checkSample(String subject, JsonObject payload) {
        if (FleetSubjects.channel(subject).equals(TelemetryChannel.WHOLE)) {
            TelemetrySample.check(payload);
        }
    }

    private static void checkVersion(JsonObject tree) {
        OptionalLong version = tree.integer("payloadVersion");
        if (version.isEmpty()) {
            throw missing("payloadVersion");
        }
        if (version.getAsLong() != Envelope.PAYLOAD_VERSION) {
            throw malformed(
                    Malformation.UNKNOWN_VERSION,
                    "payloadVersion " + version.getAsLong() + " is not " + Envelope.PAYLOAD_VERSION,
                    null);
        }
    }

    private static void checkType(MessageType<?> expected, String actual) {
        if (!actual.equals(expected.wireName())) {
            throw malformed(
                    Malformation.WRONG_TYPE,
                    "type '" + actual + "' on a subject of '" + expected.wireName() + "'",
                    null);
        }
    }

    private static void checkAddress(String subject, String robotId) {
        if (!FleetSubjects.address(subject).equals(robotId)) {
            throw malformed(Malformation.ROBOT_MISMATCH, "robotId '" + robotId + "' on subject " + subject, null);
        }
    }

    private static Optional<UUID> uuid(JsonObject tree, String name) {
        Optional<Object> member = tree.get(name);
        if (member.isEmpty()) {
            return Optional.empty();
        }
        if (member.get() instanceof String text) {
            return Optional.of(WireForms.uuid(name, text));
        }
        throw new InvalidInputException(name, member.get(), "must be a UUID");
    }

    private static Instant instant(JsonObject tree) {
        return WireForms.instant("sentAt", tree.string("sentAt").orElseThrow(() -> missing("sentAt")));
    }

    private static OptionalLong seq(JsonObject tree) {
        OptionalLong seq = tree.integer("seq");
        Optional<Object> member = tree.get("seq");
        if (member.isPresent() && (seq.isEmpty() || seq.getAsLong() < 0)) {
            throw new InvalidInputException("seq", member.get(), "must be a whole number of at least 0");
        }
        return seq;
    }

    private static InvalidInputException missing(String name) {
        return new InvalidInputException(name, "missing or of the wrong type", "is required");
    }

    private static MalformedEnvelopeException malformed(
            Malformation reason, String message, @Nullable Throwable cause) {
        return new MalformedEnvelopeException(reason, message, cause);
    }
}
