package io.fleetsdk.job;

import io.fleetsdk.Subscription;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** A queue of background work. Thread-safe. */
public interface JobQueue {
    String name();

    /** {@link #submit(JobType, Object, JobOptions)} with every default. */
    default <I, R> JobHandle<R> submit(JobType<I, R> type, I input) {
        return submit(type, input, JobOptions.defaults());
    }

    /**
     * Submits a job. When this returns the broker has stored it. A job that is there already, by its id or its key, is returned
     * as it is.
     *
     * @throws io.fleetsdk.InvalidInputException if the input is no JSON or larger than the broker's message limit, which is named
     * @throws io.fleetsdk.UnavailableException if it is not stored; submit again
     * @throws io.fleetsdk.UnknownOutcomeException if nobody knows; submit again under the same id
     */
    <I, R> JobHandle<R> submit(JobType<I, R> type, I input, JobOptions options);

    /** Submits many at once; the answers are in the order of the requests. Some may be refused while others are stored. */
    <I, R> List<Submission<R>> submitAll(JobType<I, R> type, List<JobRequest<I>> requests);

    /**
     * Submits a parent that starts when its children have ended: at most 10 levels and 1,000 jobs. Jobs without an id of their own get
     * one derived from the root's. A parent that fails by a child's failure goes to the dead letters; cancelling a parent leaves its
     * children alone.
     *
     * @throws io.fleetsdk.InvalidInputException if it is too deep or too large, has two jobs with the same id, or the queues, types and
     *     ids of one job's children take more than 60,000 bytes; nothing is stored then
     * @throws io.fleetsdk.NotFoundException if a queue is missing; nothing is stored then
     * @throws io.fleetsdk.UnknownOutcomeException if it broke off half way; submit again with the same ids
     */
    <I, R> JobHandle<R> submit(JobFlow<I, R> flow);

    /** The handle of a job of this queue, in whatever state; empty where nothing of it is kept. */
    <R> Optional<JobHandle<R>> find(JobType<?, R> type, JobId id);

    /** A job of this queue, in whatever state; empty where nothing of it is kept. */
    Optional<Job> job(JobId id);

    /** Jobs of this queue out of the newest 10,000 that are kept; without their inputs, and without results of more than a few KiB. */
    List<Job> list(JobQuery query);

    /**
     * Ends a job that has not begun; tells the handler of a running one to stop, which decides whether it ends CANCELLED.
     *
     * @throws io.fleetsdk.NotFoundException if nothing of it is kept
     * @throws io.fleetsdk.ConflictException if it has ended
     */
    void cancel(JobId id);

    /** No job starts until {@link #resume}; running ones go on. Survives restarts. */
    void pause();

    void resume();

    QueueLimits limits();

    /** Replaces the limits; the workers follow within a second. */
    void limit(QueueLimits limits);

    JobFigures figures();

    DeadLetters deadLetters();

    JobSchedules schedules();

    /** Those that reported within 15 s. */
    List<WorkerInfo> workers();

    /**
     * Orders a worker, wherever it runs.
     *
     * @param order {@link WorkerState#RUNNING}, {@link WorkerState#QUIET} or {@link WorkerState#TERMINATING}
     * @throws io.fleetsdk.NotFoundException if it is not among {@link #workers}
     */
    void order(String workerId, WorkerState order);

    /** Calls with a job at each of its steps from now on, in order. */
    Subscription watch(Consumer<Job> handler);

    /** What {@link JobWorker.Builder#start} calls. */
    JobWorker start(JobWorker.Spec worker);
}
