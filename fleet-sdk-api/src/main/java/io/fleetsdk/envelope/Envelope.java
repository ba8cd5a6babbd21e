package io.fleetsdk.envelope;

import io.fleetsdk.robot.RobotId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A message as it travels.
 *
 * @param messageId unique per message; also the broker's de-duplication id
 * @param address the envelope's {@code robotId}: a robot's id, or for broadcasts the subject's last token ({@code all} or a zone)
 * @param sentAt the sender's clock
 * @param correlationId the command id on a command and on each of its acknowledgements
 * @param seq the robot's counter for this type, strictly increasing across restarts
 * @param type which decides the payload
 * @param payload the content
 * @param trace the W3C trace context of the sender
 * @param <T> the class of the payload
 */
public record Envelope<T>(
        UUID messageId,
        String address,
        Instant sentAt,
        Optional<UUID> correlationId,
        OptionalLong seq,
        MessageType<T> type,
        T payload,
        Optional<TraceContext> trace) {
    /** The protocol version this SDK writes, and the highest it reads. */
    public static final int PAYLOAD_VERSION = 1;

    /** The largest envelope in bytes of UTF-8; larger content travels by reference. */
    public static final int MAX_BYTES = 1024 * 1024;

    /** A new message with a random id and neither correlation, sequence nor trace. */
    public static <T> Envelope<T> of(MessageType<T> type, String address, Instant sentAt, T payload) {
        return new Envelope<>(
                UUID.randomUUID(),
                address,
                sentAt,
                Optional.empty(),
                OptionalLong.empty(),
                type,
                payload,
                Optional.empty());
    }

    public Envelope<T> withCorrelationId(UUID id) {
        return new Envelope<>(messageId, address, sentAt, Optional.of(id), seq, type, payload, trace);
    }

    public Envelope<T> withMessageId(UUID id) {
        return new Envelope<>(id, address, sentAt, correlationId, seq, type, payload, trace);
    }

    public Envelope<T> withSeq(long number) {
        return new Envelope<>(messageId, address, sentAt, correlationId, OptionalLong.of(number), type, payload, trace);
    }

    public Envelope<T> withTrace(TraceContext context) {
        return new Envelope<>(messageId, address, sentAt, correlationId, seq, type, payload, Optional.of(context));
    }

    /** The address as a robot's id; only for messages that are not broadcasts. */
    public RobotId robotId() {
        return RobotId.of(address);
    }
}
