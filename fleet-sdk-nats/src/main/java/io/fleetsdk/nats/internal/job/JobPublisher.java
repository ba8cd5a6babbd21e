package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;

/**
 * Publishes messages of jobs and waits until they are stored. Tries again where nobody knows: every message has a {@code Nats-Msg-Id}, so
 * that the broker stores it once.
 */
final class JobPublisher {
    /** What later attempts and schedules add to the headers: a job that is accepted must also fit then. */
    private static final int ROOM_FOR_HEADERS = 1_024;

    private static final int ATTEMPTS = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    static final Retry AGAIN = Retry.of(
            "publish job",
            RetryConfig.custom()
                    .maxAttempts(ATTEMPTS)
                    .intervalFunction(IntervalFunction.ofExponentialBackoff(FIRST_PAUSE, 2))
                    .retryExceptions(UnavailableException.class, UnknownOutcomeException.class)
                    .build());

    /** What the broker says to a publish. */
    enum Stored {
        NEW,
        /** A message with this id was there before our first attempt. */
        DUPLICATE
    }

    private final JobBroker broker;

    JobPublisher(JobBroker broker) {
        this.broker = broker;
    }

    /**
     * Stores the message.
     *
     * @throws io.fleetsdk.ConflictException if what the message expects is not so
     * @throws UnavailableException if it is not stored
     * @throws UnknownOutcomeException if nobody knows
     */
    Stored store(NatsMessage message) {
        Tries tries = new Tries(message);
        try {
            return AGAIN.executeSupplier(tries::next);
        } catch (UnavailableException e) {
            throw tries.seen(e);
        }
    }

    /**
     * Refuses what the broker would refuse, now or at a later attempt.
     *
     * @throws InvalidInputException naming the input and the limit
     */
    NatsMessage fitting(NatsMessage message) {
        long size = message.getHeaders().serializedLength() + message.getData().length;
        long limit = broker.connection().getMaxPayload() - ROOM_FOR_HEADERS;
        if (size > limit) {
            throw new InvalidInputException(
                    "input",
                    size + " bytes with its headers",
                    "must be at most " + limit + " bytes; put larger content into the object store and refer to it");
        }
        return message;
    }

    /** The attempts to store one message. Once one of them has an unknown end, so has the whole. */
    private final class Tries {
        private final NatsMessage message;
        private int made;
        private boolean unknown;

        Tries(NatsMessage message) {
            this.message = message;
        }

        Stored next() {
            made++;
            try {
                PublishAck ack = broker.jetStream().publish(message);
                return ack.isDuplicate() && made == 1 ? Stored.DUPLICATE : Stored.NEW;
            } catch (IOException | JetStreamApiException | IllegalStateException e) {
                throw noted(BrokerErrors.classified("publish " + message.getSubject(), e));
            }
        }

        private RuntimeException noted(RuntimeException failure) {
            unknown |= failure instanceof UnknownOutcomeException;
            return failure;
        }

        RuntimeException seen(UnavailableException last) {
            return unknown ? new UnknownOutcomeException(last.getMessage(), last) : last;
        }
    }
}
