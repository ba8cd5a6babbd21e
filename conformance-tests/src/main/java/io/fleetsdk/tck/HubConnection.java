package io.fleetsdk.tck;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backend's connection, raw. What the broker refuses leaves as {@link UnavailableException}. */
final class HubConnection implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final long SMALL_TOPOLOGY_BYTES = 1L << 30;
    private static final int NOT_FOUND = 404;
    private static final int NO_MESSAGE = 10037;

    private static final Logger log = LoggerFactory.getLogger(HubConnection.class);

    private final Connection connection;

    private HubConnection(Connection connection) {
        this.connection = connection;
    }

    /**
     * @throws UnavailableException if the broker cannot be reached or refuses the credentials
     */
    static HubConnection open(AgentUnderTest agent) throws InterruptedException {
        Options.Builder options = new Options.Builder()
                .server(agent.server())
                .connectionName("fleet-conform")
                .connectionTimeout(CONNECT_TIMEOUT)
                .errorListener(new BrokerWarnings());
        if (agent.credentials() instanceof NatsCredentials.CredentialsFile file) {
            options.credentialPath(file.path().toString());
        } else if (agent.credentials() instanceof NatsCredentials.UserPassword user) {
            options.userInfo(user.name(), user.password());
        }
        try {
            return new HubConnection(Nats.connect(options.build()));
        } catch (IOException e) {
            throw new UnavailableException("no broker at " + agent.server() + ": " + e.getMessage(), e);
        }
    }

    /** Creates the protocol's streams and buckets, small, on a broker that has none. */
    void ensureTopology(AgentUnderTest agent, String subject) {
        if (!streams(subject).isEmpty()) {
            return;
        }
        NatsFleet.applyTopology(NatsOptions.builder()
                .server(agent.server())
                .credentials(agent.credentials())
                .topology(FleetTopology.defaults().withByteBudget(SMALL_TOPOLOGY_BYTES))
                .build());
    }

    /** Hears every message on the subjects, in the order in which the broker passes them on, on one thread. */
    void listen(List<String> subjects, Consumer<Message> listener) throws InterruptedException {
        Dispatcher dispatcher = connection.createDispatcher(listener::accept);
        subjects.forEach(dispatcher::subscribe);
        try {
            connection.flush(CONNECT_TIMEOUT);
        } catch (TimeoutException e) {
            throw new UnavailableException("the broker does not answer", e);
        }
    }

    void publish(String subject, byte[] body, PublishOptions options) {
        try {
            connection.jetStream().publish(subject, body, options);
        } catch (IOException | JetStreamApiException e) {
            throw new UnavailableException(
                    "the broker did not store a message on " + subject + ": " + e.getMessage(), e);
        }
    }

    /** The newest stored message of the subject. */
    Optional<MessageInfo> last(String subject) {
        for (String stream : streams(subject)) {
            try {
                return Optional.of(connection.jetStreamManagement().getLastMessage(stream, subject));
            } catch (JetStreamApiException e) {
                if (e.getErrorCode() != NOT_FOUND && e.getApiErrorCode() != NO_MESSAGE) {
                    throw new UnavailableException("the broker cannot read " + subject + ": " + e.getMessage(), e);
                }
            } catch (IOException e) {
                throw new UnavailableException("the broker cannot read " + subject + ": " + e.getMessage(), e);
            }
        }
        return Optional.empty();
    }

    KeyValue bucket(String name) {
        try {
            return connection.keyValue(name);
        } catch (IOException e) {
            throw new UnavailableException("bucket " + name + ": " + e.getMessage(), e);
        }
    }

    /** What the broker refuses without an answer, such as a subject the credentials do not cover. */
    private static final class BrokerWarnings implements ErrorListener {
        @Override
        public void errorOccurred(Connection connection, String error) {
            log.warn("the broker says: {}", error);
        }
    }

    private List<String> streams(String subject) {
        try {
            return connection.jetStreamManagement().getStreamNames(subject);
        } catch (IOException | JetStreamApiException e) {
            throw new UnavailableException("JetStream at the broker: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
