package io.fleetsdk.nats;

import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.robot.Received;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Envelopes kept in a stream, read by subject. What cannot be read counts as not there: its quarantine is the live reader's. */
final class StoredEnvelopes {
    /**
     * A message with its place.
     *
     * @param sequence in the stream
     */
    record Stored<T>(long sequence, Received<T> received) {
        T payload() {
            return received.value();
        }
    }

    private final Broker broker;
    private final String stream;

    StoredEnvelopes(Broker broker, String stream) {
        this.broker = broker;
        this.stream = stream;
    }

    <T> Optional<Stored<T>> last(MessageType<T> type, String subject) {
        return broker.last(stream, subject).flatMap(message -> read(type, subject, message));
    }

    /** All that is kept of a subject, newest first: for subjects with few messages. */
    <T> List<Received<T>> history(MessageType<T> type, String subject) {
        List<Received<T>> found = new ArrayList<>();
        Optional<MessageInfo> message = from(0, subject);
        while (message.isPresent()) {
            read(type, subject, message.get()).map(Stored::received).ifPresent(found::add);
            message = from(message.get().getSeq() + 1, subject);
        }
        Collections.reverse(found);
        return List.copyOf(found);
    }

    private Optional<MessageInfo> from(long sequence, String subject) {
        try {
            return Optional.of(broker.management().getNextMessage(stream, sequence, subject));
        } catch (JetStreamApiException e) {
            if (BrokerErrors.isNotFound(e)) {
                return Optional.empty();
            }
            throw BrokerErrors.classified("read " + subject, e);
        } catch (IOException | IllegalStateException e) {
            throw BrokerErrors.classified("read " + subject, e);
        }
    }

    private <T> Optional<Stored<T>> read(MessageType<T> type, String subject, MessageInfo message) {
        byte[] body = message.getData();
        try {
            Envelope<T> envelope = broker.envelopes()
                    .decode(type, subject, body == null ? new byte[0] : body, Broker.trace(message.getHeaders()));
            return Optional.of(new Stored<>(
                    message.getSeq(),
                    new Received<>(
                            envelope.payload(),
                            envelope.sentAt(),
                            message.getTime().toInstant())));
        } catch (MalformedEnvelopeException e) {
            return Optional.empty();
        }
    }
}
