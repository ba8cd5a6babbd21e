package io.fleetsdk.nats;

import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.protocol.FleetSubjects;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts unreadable messages aside. The id is the message's place in its stream, so that several readers of one bad message
 * put it aside once. Never fails and never waits: the reader goes on with the next message.
 */
final class Quarantiner {
    static final String DETAIL = "Fleet-Detail";
    static final String SUBJECT = "Fleet-Subject";
    private static final Logger log = LoggerFactory.getLogger(Quarantiner.class);
    private static final int DETAIL_LENGTH = 512;

    private final Broker broker;

    Quarantiner(Broker broker) {
        this.broker = broker;
    }

    void put(Message message, String originalSubject, MalformedEnvelopeException reason) {
        log.warn("Unreadable message on {}: {}", headerText(originalSubject), headerText(reason.getMessage()));
        String place = message.metaData().getStream() + "." + message.metaData().streamSequence();
        Message aside = NatsMessage.builder()
                .subject(FleetSubjects.quarantine(reason.reason()))
                .headers(new Headers()
                        .put(SUBJECT, headerText(originalSubject))
                        .put(DETAIL, headerText(reason.getMessage())))
                .data(message.getData())
                .build();
        try {
            broker.jetStream()
                    .publishAsync(
                            aside, PublishOptions.builder().messageId(place).build())
                    .whenComplete((ack, failure) -> logFailure(place, failure));
        } catch (IllegalStateException e) {
            logFailure(place, e);
        }
    }

    private static void logFailure(String place, @Nullable Throwable failure) {
        if (failure != null) {
            log.error("Message {} could not be put into quarantine", place, failure);
        }
    }

    /** Header values are printable ASCII in one line; log lines too, for the text is a stranger's. */
    private static String headerText(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]", "?");
        return line.length() <= DETAIL_LENGTH ? line : line.substring(0, DETAIL_LENGTH);
    }
}
