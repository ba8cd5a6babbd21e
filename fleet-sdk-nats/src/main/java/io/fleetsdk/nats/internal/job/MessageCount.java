package io.fleetsdk.nats.internal.job;

import io.nats.client.JetStreamApiException;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import java.io.IOException;

/**
 * How many messages of some subjects a stream keeps. The broker counts them for a durable that nobody ever pulls from, which is
 * quicker than any look at the subjects.
 */
final class MessageCount {
    private final JobBroker broker;

    MessageCount(JobBroker broker) {
        this.broker = broker;
    }

    /**
     * @param durable created where it is missing
     */
    long of(String stream, String durable, String subjects) {
        return broker.call(
                "count " + subjects, () -> info(stream, durable, subjects).getNumPending());
    }

    private ConsumerInfo info(String stream, String durable, String subjects)
            throws IOException, JetStreamApiException {
        try {
            return broker.management().getConsumerInfo(stream, durable);
        } catch (JetStreamApiException e) {
            if (!JobBroker.isNotFound(e)) {
                throw e;
            }
            ConsumerConfiguration counting = ConsumerConfiguration.builder()
                    .durable(durable)
                    .filterSubject(subjects)
                    .ackPolicy(AckPolicy.None)
                    .build();
            return broker.management().addOrUpdateConsumer(stream, counting);
        }
    }
}
