package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.fleetsdk.nats.internal.LastMessages;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.ObjectStore;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Consumer;

/**
 * What the parts of this package work with. The names are those of the topology in use.
 *
 * @param name of this process among the broker's connections
 * @param ticker for short periodic work; one thread
 * @param records bucket JOB_PROGRESS
 * @param control bucket JOB_CONTROL
 * @param deadLetters stream DEAD_LETTERS
 * @param results object store JOB_RESULTS
 * @param figures stream JOB_FIGURES
 * @param provision creates a queue's stream where it is missing
 */
public record JobBroker(
        Connection connection,
        JetStream jetStream,
        JetStreamManagement management,
        JsonCodec codec,
        Clock clock,
        Duration requestTimeout,
        ScheduledExecutorService ticker,
        String name,
        String records,
        String control,
        String deadLetters,
        String results,
        String figures,
        Consumer<JobQueueSpec> provision) {

    String recordStream() {
        return "KV_" + records;
    }

    String controlStream() {
        return "KV_" + control;
    }

    JetStreamOptions requests() {
        return JetStreamOptions.builder().requestTimeout(requestTimeout).build();
    }

    LastMessages lastMessages() {
        return new LastMessages(connection, codec, requestTimeout);
    }

    KeyValue controlBucket() {
        return call("open bucket " + control, () -> connection.keyValue(control));
    }

    ObjectStore resultObjects() {
        return call("open object store " + results, () -> connection.objectStore(results));
    }

    /** A call to the broker whose failure leaves as a {@link FleetException}. */
    <T> T call(String doing, BrokerCall<T> call) {
        try {
            return call.make();
        } catch (FleetException e) {
            throw e;
        } catch (Exception e) {
            throw BrokerErrors.classified(doing, e);
        }
    }

    /** Something asked of the broker. */
    @FunctionalInterface
    interface BrokerCall<T> {
        T make() throws Exception;
    }

    /** Whether the failure says that nothing is there. */
    static boolean isNotFound(Exception e) {
        return e instanceof JetStreamApiException refusal && BrokerErrors.isNotFound(refusal);
    }
}
