package io.fleetsdk.storage.nats;

import io.fleetsdk.FleetException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.ObjectStore;
import io.nats.client.Options;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to the broker whose failures are told as what a caller does next. */
record ObjectConnection(Connection connection) implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ObjectConnection.class);
    private static final int NOT_FOUND = 404;

    /** Something asked of an object store. */
    interface Request<T> {
        T of(ObjectStore store)
                throws IOException, JetStreamApiException, InterruptedException, NoSuchAlgorithmException;
    }

    static ObjectConnection open(NatsOptions options) {
        try {
            return new ObjectConnection(Nats.connect(settings(options)));
        } catch (IOException e) {
            throw new UnavailableException("the broker cannot be reached: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while connecting", e);
        }
    }

    /**
     * @throws NotFoundException if there is no such bucket
     */
    <T> T ask(String doing, String bucket, Request<T> request) {
        try {
            return request.of(connection.objectStore(bucket));
        } catch (JetStreamApiException e) {
            throw refused(doing, bucket, e);
        } catch (IllegalArgumentException e) {
            throw new NotFoundException(doing + ": " + e.getMessage()); // a bucket by a name the broker does not allow
        } catch (IOException | InterruptedException | NoSuchAlgorithmException | IllegalStateException e) {
            throw BrokerErrors.classified(doing, e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            log.debug("Interrupted while closing", e);
        }
    }

    private static FleetException refused(String doing, String bucket, JetStreamApiException e) {
        return e.getErrorCode() == NOT_FOUND
                ? new NotFoundException(doing + ": there is no object store " + bucket)
                : BrokerErrors.classified(doing, e);
    }

    private static Options settings(NatsOptions options) {
        Options.Builder builder = new Options.Builder()
                .servers(options.servers().toArray(String[]::new))
                .connectionName(options.name() + "-objects")
                .connectionTimeout(options.requestTimeout())
                .maxReconnects(-1);
        NatsCredentials credentials = options.credentials();
        if (credentials instanceof NatsCredentials.CredentialsFile file) {
            builder.credentialPath(file.path().toString());
        } else if (credentials instanceof NatsCredentials.UserPassword user) {
            builder.userInfo(user.name(), user.password());
        }
        return builder.build();
    }
}
