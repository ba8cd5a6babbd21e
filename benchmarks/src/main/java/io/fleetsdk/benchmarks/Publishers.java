package io.fleetsdk.benchmarks;

import io.fleetsdk.nats.NatsRobotLink;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.nats.client.Connection;
import io.nats.client.JetStream;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Telemetry from several robots at once, each as fast as the broker confirms what it has stored. */
final class Publishers {
    /** What a robot's link has under way at most; the raw publishers keep to it as well. */
    static final int UNCONFIRMED = 64;

    private final List<Supplier<CompletableFuture<?>>> robots;

    private Publishers(List<Supplier<CompletableFuture<?>>> robots) {
        this.robots = robots;
    }

    /** Links of the SDK: each message is made, counted and encoded. */
    static Publishers sdk(Testbed testbed, int count, String name) throws Exception {
        List<Supplier<CompletableFuture<?>>> robots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NatsRobotLink link = testbed.link(name + i);
            robots.add(() -> link.publishTelemetry(TelemetryChannel.WHOLE, TypicalMessages.sample()));
        }
        return new Publishers(robots);
    }

    /** Connections of jnats: the same bytes again and again, under another message id. */
    static Publishers raw(Testbed testbed, int count, String subject, byte[] body)
            throws IOException, InterruptedException {
        List<Supplier<CompletableFuture<?>>> robots = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Connection connection = testbed.raw();
            JetStream jetStream = connection.jetStream();
            robots.add(() -> jetStream.publishAsync(message(subject, body)));
        }
        return new Publishers(robots);
    }

    private static Message message(String subject, byte[] body) {
        Headers headers = new Headers()
                .put(NatsJetStreamConstants.MSG_ID_HDR, UUID.randomUUID().toString());
        return NatsMessage.builder()
                .subject(subject)
                .headers(headers)
                .data(body)
                .build();
    }

    /** Publishes so many messages in all and waits until the broker has confirmed every one. */
    void publish(int messages) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(robots.size());
        try {
            List<Callable<Void>> work = robots.stream()
                    .map(robot -> (Callable<Void>) () -> publish(robot, messages / robots.size()))
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Void publish(Supplier<CompletableFuture<?>> robot, int messages) throws Exception {
        Semaphore window = new Semaphore(UNCONFIRMED);
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < messages; i++) {
            window.acquire();
            robot.get().whenComplete((stored, failure) -> {
                if (failure != null) {
                    failures.add(failure);
                }
                window.release();
            });
        }
        window.acquire(UNCONFIRMED);
        if (!failures.isEmpty()) {
            throw new IllegalStateException(failures.size() + " messages were not stored", failures.peek());
        }
        return null;
    }
}
