package io.fleetsdk.edge;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import io.nats.client.api.StreamInfoOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Looks at the wire itself, without the SDK. */
final class WireTap implements AutoCloseable {
    private static final JacksonCodec JSON = new JacksonCodec();

    private final Connection connection;

    private WireTap(Connection connection) {
        this.connection = connection;
    }

    /** Hears every message on the subject from now on. */
    static WireTap on(String url, String subject, Consumer<JsonObject> heard) {
        WireTap tap = open(url);
        tap.connection
                .createDispatcher(message -> heard.accept(JSON.decode(message.getData(), JsonObject.class)))
                .subscribe(subject);
        try {
            tap.connection.flush(Duration.ofSeconds(5));
        } catch (TimeoutException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return tap;
    }

    /** How many messages a stream keeps of a subject. */
    static int count(String url, String stream, String subject) {
        try (WireTap tap = open(url)) {
            Long count = tap.connection
                    .jetStreamManagement()
                    .getStreamInfo(stream, StreamInfoOptions.filterSubjects(subject))
                    .getStreamState()
                    .getSubjectMap()
                    .get(subject);
            return count == null ? 0 : count.intValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The newest message a stream keeps of a subject. */
    static JsonObject last(String url, String stream, String subject) {
        try (WireTap tap = open(url)) {
            return JSON.decode(
                    tap.connection
                            .jetStreamManagement()
                            .getLastMessage(stream, subject)
                            .getData(),
                    JsonObject.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JetStreamApiException e) {
            throw new IllegalStateException(e);
        }
    }

    private static WireTap open(String url) {
        try {
            return new WireTap(Nats.connect(url));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
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
