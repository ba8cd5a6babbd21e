package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.testing.NatsServer;
import io.nats.client.JetStreamApiException;
import io.nats.client.api.StreamConfiguration;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastBatchTest {
    private final NatsServer server = NatsServer.start();
    private final JobConnection connection = JobConnection.open(server.url());
    private final JobBroker broker = connection.broker();
    private final FastBatch batch = new FastBatch(broker);

    @BeforeEach
    void stream() throws IOException, JetStreamApiException {
        broker.management()
                .addStream(StreamConfiguration.builder()
                        .name("FAST")
                        .subjects("fast.>")
                        .allowBatched()
                        .build());
    }

    @AfterEach
    void end() {
        connection.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 499, 501, FastBatch.MOST})
    void allMessagesAreStoredInTheirOrder(int size) throws Exception {
        assertThat(batch.publish(numbered("a", size)).join()).isEqualTo(size);

        assertThat(stored()).isEqualTo(size);
        for (int number : new int[] {1, size}) {
            assertThat(broker.management().getMessage("FAST", number).getSubject())
                    .isEqualTo("fast.a." + (number - 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 600, FastBatch.MOST - 1})
    void theFirstRefusedMessageEndsTheBatchAndThoseBeforeItAreStored(int refused) throws Exception {
        List<NatsMessage> messages = numbered("a", FastBatch.MOST);
        messages.set(refused, message("fast.a." + refused, 7));

        assertThat(batch.publish(messages).join()).isEqualTo(refused);

        assertThat(stored()).isEqualTo(refused);
    }

    @Test
    void aBatchWhoseFirstMessageIsRefusedStoresNothingAndSaysWhy() throws Exception {
        List<NatsMessage> messages = numbered("a", 50);
        messages.set(0, message("fast.a.0", 7));

        assertFails(batch.publish(messages), ConflictException.class);

        assertThat(stored()).isZero();
    }

    @Test
    void batchesOfSeveralAreTold() throws Exception {
        FastBatch other = new FastBatch(broker);
        List<CompletableFuture<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            answers.add(batch.publish(numbered("a" + i, 300)));
            answers.add(other.publish(numbered("b" + i, 200)));
        }

        assertThat(answers.stream().mapToInt(CompletableFuture::join).sum()).isEqualTo(5_000);
        assertThat(stored()).isEqualTo(5_000);
    }

    @Test
    void aStreamThatTakesNoFastBatchesStoresNothing() throws Exception {
        broker.management()
                .addStream(StreamConfiguration.builder()
                        .name("PLAIN")
                        .subjects("plain.>")
                        .build());

        assertFails(batch.publish(List.of(message("plain.a", 0), message("plain.b", 0))), UnavailableException.class);

        assertThat(broker.management().getStreamInfo("PLAIN").getStreamState().getMsgCount())
                .isZero();
    }

    @Test
    void aSubjectThatNoStreamKeepsIsRefused() {
        assertFails(batch.publish(List.of(message("nowhere.a", 0))), UnavailableException.class);
    }

    @Test
    void whereTheBrokerDiesNobodyKnowsAndWithoutItNothingIsSent() throws Exception {
        batch.publish(numbered("a", 3)).join();
        CompletableFuture<Integer> last = CompletableFuture.completedFuture(0);
        for (int i = 0; i < 20; i++) {
            last = batch.publish(numbered("b" + i, FastBatch.MOST));
        }
        server.kill();

        assertFails(last, UnknownOutcomeException.class);
        assertFails(batch.publish(numbered("c", 3)), UnavailableException.class);
    }

    private long stored() throws IOException, JetStreamApiException {
        return broker.management().getStreamInfo("FAST").getStreamState().getMsgCount();
    }

    private static void assertFails(CompletableFuture<Integer> answer, Class<? extends Exception> how) {
        assertThatThrownBy(answer::join).isInstanceOf(CompletionException.class).hasCauseInstanceOf(how);
    }

    private static List<NatsMessage> numbered(String name, int size) {
        return new ArrayList<>(IntStream.range(0, size)
                .mapToObj(i -> message("fast." + name + "." + i, 0))
                .toList());
    }

    private static NatsMessage message(String subject, long expected) {
        Headers headers = new Headers().put(NatsJetStreamConstants.EXPECTED_LAST_SUB_SEQ_HDR, Long.toString(expected));
        return new NatsMessage(subject, null, headers, "{}".getBytes(StandardCharsets.US_ASCII));
    }
}
