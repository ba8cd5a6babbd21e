package io.fleetsdk.job;

import io.fleetsdk.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** What a handler knows of its attempt and can say. Thread-safe; of no use after the handler has returned. */
public interface JobContext {
    JobRef ref();

    /** From 1. */
    int attempt();

    Map<String, String> metadata();

    Optional<String> tenant();

    /** When this attempt is told to stop: the earlier of the job's deadline and its start-to-close time-out. */
    Optional<Instant> deadline();

    /** What the last attempt reported before it failed or vanished, to go on from there. */
    JobProgress lastProgress();

    /** Says how far it is; also a sign of life. Sent at most ten times a second, the newest counts. */
    default void progress(double fraction, String message) {
        progress(fraction, message, JsonObject.empty());
    }

    /**
     * {@link #progress(double, String)} with whatever else helps.
     *
     * @param detail at most 64 KiB of JSON
     * @throws io.fleetsdk.InvalidInputException if it is larger
     */
    void progress(double fraction, String message, JsonObject detail);

    /** A sign of life, for a job with {@link JobTimeouts#heartbeat}. */
    void heartbeat();

    /**
     * Whether it should stop: somebody cancelled the job, a time ran out, the worker stops, or the job was lost to another worker.
     * The handler's thread is interrupted as well.
     */
    boolean isCancelled();

    /**
     * @throws JobCancelledException if it should stop
     */
    void throwIfCancelled();

    /** Called when it should stop, on another thread; at once where it should already. */
    void onCancel(Runnable action);

    /** How the job's children ended, in the order in which they were given. */
    List<ChildOutcome> children();

    /**
     * Does an effect that must not repeat. The first call that ends keeps its result, for this and every later attempt: those get
     * it and do not run the action. What remains is the moment between the action's end and its storing: a worker killed there lets
     * the next attempt run it again. Where even that is too much, the action must be idempotent: {@code ref() + key} is
     * the key to give to the outside.
     *
     * @param key one token, per job
     * @throws io.fleetsdk.InvalidInputException if the result is larger than a message of the broker, after the action
     * @throws io.fleetsdk.ConflictException if the job was lost to another worker meanwhile
     * @throws Exception what the action threw; then nothing is kept
     */
    <T> T once(String key, Class<T> type, Callable<T> action) throws Exception;
}
