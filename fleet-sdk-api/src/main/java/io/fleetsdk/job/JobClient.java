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

    /**
     * Creates the queue where it is missing. One that is there must have the same settings, for its workers rely on them and they are not
     * changed later; it may have more copies than the durability asks for. Who does not care takes it by {@link #queue}.
     *
     * @throws io.fleetsdk.ConflictException naming a setting that the queue has otherwise
     * @throws io.fleetsdk.UnavailableException if the broker cannot create it, such as three copies without a cluster
     */
    JobQueue define(JobQueueSpec spec);

    /** Names of the queues that are there, sorted. */
    List<String> queues();

    /** A job of any queue; empty where nothing of it is kept. */
    Optional<Job> job(JobRef ref);

    /** Calls with a job of any queue at each of its steps from now on; those of one job are in order. */
    Subscription watch(Consumer<Job> handler);
}
