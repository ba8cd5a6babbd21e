package io.fleetsdk.server.page;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.NonRetryableException;
import io.fleetsdk.json.JsonObject;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** A queue with a worker whose jobs go as far as a test lets them, and fail until a test mends them. */
final class Workshop implements AutoCloseable {
    static final JobType<JsonObject, JsonObject> STEPS = JobType.of("steps", JsonObject.class, JsonObject.class);
    static final JobType<JsonObject, JsonObject> FRAGILE = JobType.of("fragile", JsonObject.class, JsonObject.class);

    private static final int AT_ONCE = 4;

    private final JobQueue queue;
    private final JobWorker worker;
    private final Semaphore steps = new Semaphore(0);
    private final AtomicBoolean mended = new AtomicBoolean();

    private Workshop(JobQueue queue) {
        this.queue = queue;
        worker = JobWorker.builder(queue)
                .id("bench-" + queue.name())
                .handle(STEPS, this::step)
                .handle(FRAGILE, this::handle)
                .concurrency(AT_ONCE)
                .start();
    }

    static Workshop open(Fleet fleet, String name) {
        return new Workshop(fleet.jobs().define(JobQueueSpec.of(name)));
    }

    JobQueue queue() {
        return queue;
    }

    String worker() {
        return worker.id();
    }

    /** Submits a job of so many steps, each of which waits for {@link #letGo}. */
    void submit(String id, int count) {
        queue.submit(
                STEPS,
                JsonObject.of("steps", count),
                JobOptions.builder().id(id).build());
    }

    /** Submits a job that fails for good until {@link #mend}. */
    void submitFragile(String id) {
        queue.submit(
                FRAGILE,
                JsonObject.of("part", "gripper"),
                JobOptions.builder().id(id).build());
    }

    void letGo(int count) {
        steps.release(count);
    }

    void mend() {
        mended.set(true);
    }

    @Override
    public void close() {
        worker.close();
    }

    private JsonObject step(JsonObject input, JobContext context) throws InterruptedException {
        int count = (int) input.number("steps").orElse(1);
        for (int done = 0; done < count; done++) {
            context.progress((double) done / count, "<b>" + done + "</b> of " + count);
            steps.acquire();
        }
        return JsonObject.of("done", count);
    }

    private JsonObject handle(JsonObject input, JobContext context) {
        if (!mended.get()) {
            throw new NonRetryableException("the " + input.string("part").orElse("part") + " is <i>broken</i>");
        }
        return JsonObject.of("attempt", context.attempt());
    }
}
