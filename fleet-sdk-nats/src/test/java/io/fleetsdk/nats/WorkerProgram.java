package io.fleetsdk.nats;

import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Nats;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A worker as a process of its own, to be killed and frozen: {@code WorkerProgram <url> <queue> <worker id>}. Each job takes some
 * milliseconds and has one effect that must not repeat, a message in the stream EFFECTS. Says on stdout what it begins.
 */
final class WorkerProgram {
    static final JobType<Integer, String> CHORE = JobType.of("chore", Integer.class, String.class);

    private WorkerProgram() {}

    public static void main(String[] args) throws Exception {
        Connection effects = Nats.connect(args[0]);
        JobQueue queue = NatsFleet.connect(NatsOptions.of(args[0])).jobs().queue(args[1]);
        JobWorker.builder(queue)
                .id(args[2])
                .concurrency(4)
                .handle(CHORE, (millis, context) -> {
                    say("begins " + context.ref().id());
                    String before = context.once(
                            "effect",
                            String.class,
                            () -> effect(effects, context.ref().id().value()));
                    new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
                    return args[2] + " " + before;
                })
                .start();
        say("started");
        // Ends with the process that started it.
        while (System.in.read() >= 0) {}
        Runtime.getRuntime().halt(0);
    }

    private static String effect(Connection effects, String job) throws IOException {
        try {
            effects.jetStream().publish("effects." + job, job.getBytes(StandardCharsets.UTF_8));
            return "done";
        } catch (JetStreamApiException e) {
            throw new IOException(e);
        }
    }

    private static void say(String words) {
        System.out.println(words);
        System.out.flush();
    }
}
