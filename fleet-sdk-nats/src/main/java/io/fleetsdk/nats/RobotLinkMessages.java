package io.fleetsdk.nats;

import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.envelope.TraceContext;
import io.fleetsdk.link.Sequence;
import io.fleetsdk.robot.RobotId;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes a robot's messages: envelope, counter, and the trace of the command that is answered. Thread-safe. */
final class RobotLinkMessages {
    private static final int KEPT_TRACES = 256;

    private final EnvelopeCodec codec;
    private final RobotId robot;
    private final Sequence sequence;
    private final Clock clock;
    private final Map<UUID, TraceContext> traces = new RecentTraces();

    RobotLinkMessages(EnvelopeCodec codec, RobotId robot, Sequence sequence, Clock clock) {
        this.codec = codec;
        this.robot = robot;
        this.sequence = sequence;
        this.clock = clock;
    }

    private static final class RecentTraces extends LinkedHashMap<UUID, TraceContext> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, TraceContext> eldest) {
            return size() > KEPT_TRACES;
        }
    }

    /** A command came with this trace; its answers continue it. */
    synchronized void traced(UUID commandId, TraceContext trace) {
        traces.put(commandId, trace);
    }

    /**
     * @throws io.fleetsdk.InvalidInputException if the message would be larger than an envelope may be
     */
    <T> Message message(String subject, MessageType<T> type, T payload) {
        return message(subject, envelope(type, payload));
    }

    /** As {@link #message(String, MessageType, Object)}, for an answer to a command. */
    synchronized <T> Message answer(String subject, MessageType<T> type, T payload, UUID commandId) {
        Envelope<T> answer = envelope(type, payload).withCorrelationId(commandId);
        return message(
                subject,
                Optional.ofNullable(traces.get(commandId))
                        .map(answer::withTrace)
                        .orElse(answer));
    }

    private <T> Envelope<T> envelope(MessageType<T> type, T payload) {
        return Envelope.of(type, robot.value(), clock.instant(), payload).withSeq(sequence.next(type));
    }

    private Message message(String subject, Envelope<?> envelope) {
        Headers headers = Broker.headers(envelope)
                .put(NatsJetStreamConstants.MSG_ID_HDR, envelope.messageId().toString());
        return NatsMessage.builder()
                .subject(subject)
                .headers(headers)
                .data(codec.encode(envelope))
                .build();
    }
}
