package io.fleetsdk.benchmarks;

import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.Dispatcher;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What the broker does without the SDK, with bodies of the size of a command. */
final class RawTrips {
    private static final ConsumeOptions PULLING =
            ConsumeOptions.builder().expiresIn(2_000).batchSize(500).build();

    private final Testbed testbed;
    private final byte[] body;

    RawTrips(Testbed testbed, byte[] body) {
        this.testbed = testbed;
        this.body = body;
    }

    /** Nothing is stored. */
    Trip requestAndReply() throws IOException, InterruptedException, TimeoutException {
        Connection hub = testbed.raw();
        Connection robot = testbed.raw();
        Dispatcher dispatcher = robot.createDispatcher(message -> robot.publish(message.getReplyTo(), body));
        dispatcher.subscribe("bench.request");
        robot.flush(Duration.ofSeconds(Testbed.PATIENCE_SECONDS));
        return () -> Objects.requireNonNull(
                hub.request("bench.request", body, Duration.ofSeconds(Testbed.PATIENCE_SECONDS)), "no reply");
    }

    /** Stored and confirmed; nobody reads it. */
    Trip storedPublish() throws IOException, InterruptedException, JetStreamApiException {
        Connection hub = testbed.raw();
        Testbed.addStream(hub, "BENCH_STORED", "bench.stored");
        JetStream jetStream = hub.jetStream();
        return () -> jetStream.publish("bench.stored", body);
    }

    /** Stored, read and acknowledged by the other side, whose answer is stored and read: what a command needs at the least. */
    Trip storedThereAndBack() throws IOException, InterruptedException, JetStreamApiException {
        Connection hub = testbed.raw();
        Testbed.addStream(hub, "BENCH_DOWN", "bench.down");
        Testbed.addStream(hub, "BENCH_UP", "bench.up");
        answer(testbed.raw());
        BlockingQueue<Message> answers = new LinkedBlockingQueue<>();
        testbed.closing(hub.getStreamContext("BENCH_UP")
                .createOrderedConsumer(new OrderedConsumerConfiguration())
                .consume(PULLING, answers::add));
        JetStream jetStream = hub.jetStream();
        return () -> {
            jetStream.publish("bench.down", body);
            Objects.requireNonNull(answers.poll(Testbed.PATIENCE_SECONDS, TimeUnit.SECONDS), "no answer");
        };
    }

    private void answer(Connection robot) throws IOException, JetStreamApiException {
        JetStream jetStream = robot.jetStream();
        testbed.closing(robot.getStreamContext("BENCH_DOWN")
                .createOrUpdateConsumer(ConsumerConfiguration.builder()
                        .durable("robot")
                        .ackPolicy(AckPolicy.Explicit)
                        .build())
                .consume(PULLING, message -> {
                    message.ack();
                    jetStream.publishAsync("bench.up", body);
                }));
    }
}
