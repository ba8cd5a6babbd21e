package io.fleetsdk.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Takes jobs of one queue and runs their handlers, until it is stopped. Thread-safe.
 *
 * <pre>{@code
 * JobWorker worker = JobWorker.builder(queue).handle(FINETUNE, this::finetune).concurrency(4).start();
 * }</pre>
 */
public interface JobWorker extends AutoCloseable {
    static Builder builder(JobQueue queue) {
        return new Builder(queue);
    }

    /** The id under which {@link JobQueue#workers} lists it. */
    String id();

    WorkerState state();

    /** Takes no more jobs; those it has go on. */
    void quiet();

    /** Takes jobs again after {@link #quiet}. */
    void resume();

    /**
     * Takes no more jobs, waits for those it has, and after the limit tells the rest to stop and hands them back: another worker
     * begins them anew at once. Has ended when it returns, also where somebody else had begun to stop it, with a limit of their own.
     *
     * @param limit how long running jobs may go on
     */
    void stop(Duration limit);

    /** {@link #stop} with a limit of 10 s. Idempotent. */
    @Override
    default void close() {
        stop(Duration.ofSeconds(10));
    }

    /** One type and who does it. */
    record Registration<I, R>(JobType<I, R> type, JobHandler<I, R> handler) {}

    /**
     * What a worker does.
     *
     * @param id one token, unique among the queue's workers
     * @param concurrency handlers at the same time, 1 to 1,000
     * @param handlers by the name of their type
     */
    record Spec(String id, int concurrency, Map<String, Registration<?, ?>> handlers) {}

    /** Collects what a worker does. Not thread-safe. */
    final class Builder {
        private static final int MOST = 1_000;

        private final JobQueue queue;
        private final Map<String, Registration<?, ?>> handlers = new LinkedHashMap<>();
        private String id = "worker-" + UUID.randomUUID().toString().substring(0, 8);
        private int concurrency = 1;

        private Builder(JobQueue queue) {
            this.queue = queue;
        }

        /**
         * Registers who does a type. A job of a type that no handler is registered for goes to the dead letters.
         *
         * @throws io.fleetsdk.InvalidInputException if the type has one already
         */
        public <I, R> Builder handle(JobType<I, R> type, JobHandler<I, R> handler) {
            if (handlers.putIfAbsent(type.name(), new Registration<>(type, handler)) != null) {
                throw new InvalidInputException("type", type.name(), "must have one handler");
            }
            return this;
        }

        /** Handlers at the same time, 1 to 1,000; default 1. Each has a thread of its own. */
        public Builder concurrency(int handlersAtOnce) {
            Require.within("concurrency", handlersAtOnce, 1, MOST);
            concurrency = handlersAtOnce;
            return this;
        }

        /** One token, unique among the queue's workers; default random. */
        public Builder id(String name) {
            id = Require.token("workerId", name);
            return this;
        }

        /**
         * Starts it.
         *
         * @throws io.fleetsdk.UnavailableException if the broker cannot be reached
         */
        public JobWorker start() {
            if (handlers.isEmpty()) {
                throw new InvalidInputException("handlers", "none", "must be at least one");
            }
            return queue.start(new Spec(id, concurrency, Map.copyOf(handlers)));
        }
    }
}
