package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a broker does for the fleet, whichever way it was started. */
interface BrokerContract {

    /** Where it listens; may differ after a restart. */
    String url();

    void restart();

    @Test
    default void hasJetStreamAndPayloadsOfFourMebibyte() throws IOException {
        try (RawClient client = RawClient.connect(url())) {
            assertThat(client.info()).contains("\"jetstream\":true", "\"max_payload\":4194304");
        }
    }

    @Test
    default void carriesAMessageToItsSubscriber() throws IOException {
        try (RawClient client = RawClient.connect(url())) {
            client.subscribe("a.*");
            client.publish("a.b", "hello");
            assertThat(client.payloadOfNextMessage()).isEqualTo("hello");
        }
    }

    @Test
    default void keepsWhatItAcknowledgedOverARestart() throws IOException {
        try (RawClient client = RawClient.connect(url())) {
            client.request("$JS.API.STREAM.CREATE.S", "{\"name\":\"S\",\"subjects\":[\"s.>\"]}");
            assertThat(client.request("s.one", "kept")).contains("\"stream\":\"S\"");
        }
        restart();
        await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
            try (RawClient client = RawClient.connect(url())) {
                assertThat(client.request("$JS.API.STREAM.INFO.S", "")).contains("\"messages\":1");
            }
        });
    }
}
