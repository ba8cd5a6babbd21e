package io.fleetsdk.nats;

import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.nats.client.Message;
import java.util.Optional;

/** Reads envelopes from a stream; what cannot be read goes to quarantine and comes back empty. */
final class EnvelopeReader {
    private final Broker broker;
    private final Quarantiner quarantiner;

    EnvelopeReader(Broker broker) {
        this.broker = broker;
        this.quarantiner = new Quarantiner(broker);
    }

    <T> Optional<Envelope<T>> read(MessageType<T> type, Message message) {
        return read(type, message.getSubject(), message);
    }

    /**
     * @param subject where the robot sent it, where that is not the subject it is stored under
     */
    <T> Optional<Envelope<T>> read(MessageType<T> type, String subject, Message message) {
        try {
            return Optional.of(
                    broker.envelopes().decode(type, subject, message.getData(), Broker.trace(message.getHeaders())));
        } catch (MalformedEnvelopeException e) {
            quarantiner.put(message, subject, e);
            return Optional.empty();
        }
    }
}
