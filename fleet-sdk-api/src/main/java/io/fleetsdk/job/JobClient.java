package io.fleetsdk.job;

import io.fleetsdk.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The queues of background work. Thread-safe. */
public interface JobClient {
    /** Training: types finetune, evaluate and export (seed 000). */
    String TRAINING = "training";

    /** Inference, kept in memory (seed 000). */
    String INFERENCE = "inference";

    /**
     * @throws io.fleetsdk.NotFoundException if the broker has no such queue: {@link #define} it
     */
    JobQueue queue(String name);

    /** Creates the queue where it is missing; one that is there stays as it is. */
    JobQueue define(JobQueueSpec spec);

    /** Names of the queues that are there, sorted. */
    List<String> queues();

    /** A job of any queue; empty where nothing of it is kept. */
    Optional<Job> job(JobRef ref);

    /** Calls with a job of any queue at each of its steps from now on; those of one job are in order. */
    Subscription watch(Consumer<Job> handler);
}
