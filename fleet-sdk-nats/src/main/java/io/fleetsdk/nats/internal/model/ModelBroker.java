package io.fleetsdk.nats.internal.model;

import io.fleetsdk.FleetException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.JetStreamManagement;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * What the registry works with.
 *
 * @param bucket the name of MODEL_REGISTRY in the topology in use
 */
public record ModelBroker(
        Connection connection,
        JetStream jetStream,
        JetStreamManagement management,
        JsonCodec codec,
        Clock clock,
        Duration requestTimeout,
        String bucket) {

    String stream() {
        return "KV_" + bucket;
    }

    /** A call to the broker whose failure leaves as a {@link FleetException}. */
    static <T> T call(String doing, Callable<T> call) {
        try {
            return call.call();
        } catch (FleetException e) {
            throw e;
        } catch (Exception e) {
            throw BrokerErrors.classified(doing, e);
        }
    }
}
