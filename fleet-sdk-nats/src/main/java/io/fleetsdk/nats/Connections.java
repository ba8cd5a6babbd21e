package io.fleetsdk.nats;

import io.fleetsdk.nats.internal.wire.SafeHeadersPort;
import io.nats.client.Connection;
import io.nats.client.ConnectionListener;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;

/** Opens connections the way this SDK needs them. */
final class Connections {
    private static final Duration RECONNECT_WAIT = Duration.ofMillis(250);
    private static final Duration RECONNECT_JITTER = Duration.ofMillis(250);
    /** Two missed pings find a half-open link within some 10 s. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(4);

    private static final int FOR_EVER = -1;

    private Connections() {}

    static Connection open(NatsOptions options) throws IOException, InterruptedException {
        return open(options, new ConnectionLog(options.name()));
    }

    static Connection open(NatsOptions options, ConnectionLog log) throws IOException, InterruptedException {
        return Nats.connect(builder(options, log).build());
    }

    static Options.Builder builder(NatsOptions options, ConnectionLog log) {
        ConnectionListener listener = log;
        Options.Builder builder = new Options.Builder()
                .servers(options.servers().toArray(String[]::new))
                .connectionName(options.name())
                .connectionTimeout(options.requestTimeout())
                .maxReconnects(FOR_EVER)
                .reconnectWait(RECONNECT_WAIT)
                .reconnectJitter(RECONNECT_JITTER)
                .pingInterval(PING_INTERVAL)
                .maxPingsOut(2)
                // What cannot be sent now is refused, not sent late: an old command must not leave after a cut.
                .reconnectBufferSize(0)
                .advancedRequestBehavior()
                // Requests of several threads leave in one write. A flush adds nothing: the socket has no buffer of
                // ours.
                .dontForceFlushOnRequest()
                .dataPortType(SafeHeadersPort.class.getName())
                .connectionListener(listener)
                .errorListener(log);
        NatsCredentials credentials = options.credentials();
        if (credentials instanceof NatsCredentials.CredentialsFile file) {
            builder.credentialPath(file.path().toString());
        } else if (credentials instanceof NatsCredentials.UserPassword user) {
            builder.userInfo(user.name(), user.password());
        }
        return builder;
    }
}
