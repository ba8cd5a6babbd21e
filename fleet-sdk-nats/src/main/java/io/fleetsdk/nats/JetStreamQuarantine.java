package io.fleetsdk.nats;

import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.quarantine.Quarantine;
import io.fleetsdk.quarantine.QuarantinedMessage;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import io.nats.client.impl.Headers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the quarantine stream. */
final class JetStreamQuarantine implements Quarantine {
    private final Broker broker;

    JetStreamQuarantine(Broker broker) {
        this.broker = broker;
    }

    @Override
    public List<QuarantinedMessage> newest(int limit) {
        StreamInfo info = info();
        List<QuarantinedMessage> found = new ArrayList<>();
        long first = info.getStreamState().getFirstSequence();
        for (long seq = info.getStreamState().getLastSequence(); seq >= first && found.size() < limit; seq--) {
            read(seq).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    @Override
    public Map<Malformation, Long> counts() {
        Map<Malformation, Long> counts = new EnumMap<>(Malformation.class);
        for (Subject subject : info().getStreamState().getSubjects()) {
            reason(subject.getName()).ifPresent(reason -> counts.put(reason, subject.getCount()));
        }
        return counts;
    }

    private StreamInfo info() {
        try {
            return broker.management()
                    .getStreamInfo(broker.stream(FleetStream.QUARANTINE), StreamInfoOptions.allSubjects());
        } catch (IOException | JetStreamApiException | IllegalStateException e) {
            throw BrokerErrors.classified("read the quarantine", e);
        }
    }

    private Optional<QuarantinedMessage> read(long seq) {
        try {
            MessageInfo message = broker.management().getMessage(broker.stream(FleetStream.QUARANTINE), seq);
            return reason(message.getSubject()).map(reason -> quarantined(reason, message));
        } catch (JetStreamApiException e) {
            if (BrokerErrors.isNotFound(e)) {
                return Optional.empty();
            }
            throw BrokerErrors.classified("read the quarantine", e);
        } catch (IOException | IllegalStateException e) {
            throw BrokerErrors.classified("read the quarantine", e);
        }
    }

    private static QuarantinedMessage quarantined(Malformation reason, MessageInfo message) {
        byte[] body = message.getData();
        return new QuarantinedMessage(
                reason,
                header(message.getHeaders(), Quarantiner.DETAIL),
                header(message.getHeaders(), Quarantiner.SUBJECT),
                body == null ? new byte[0] : body,
                message.getTime().toInstant());
    }

    private static String header(@Nullable Headers headers, String name) {
        String value = headers == null ? null : headers.getFirst(name);
        return value == null ? "" : value;
    }

    private static Optional<Malformation> reason(String subject) {
        for (Malformation reason : Malformation.values()) {
            if (FleetSubjects.quarantine(reason).equals(subject)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
