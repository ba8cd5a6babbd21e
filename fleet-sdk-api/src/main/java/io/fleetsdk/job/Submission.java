package io.fleetsdk.job;

import io.fleetsdk.FleetException;
import java.util.Optional;

/**
 * What became of one job of a bulk.
 *
 * @param <R> the result of its type
 */
public sealed interface Submission<R> {
    /** The job that now is in the queue; empty where it was refused. */
    Optional<JobHandle<R>> handle();

    /** It is stored. */
    record Accepted<R>(JobHandle<R> job) implements Submission<R> {
        @Override
        public Optional<JobHandle<R>> handle() {
            return Optional.of(job);
        }
    }

    /** It was there already, by its id or its key. */
    record Duplicate<R>(JobHandle<R> job) implements Submission<R> {
        @Override
        public Optional<JobHandle<R>> handle() {
            return Optional.of(job);
        }
    }

    /** It is not in the queue, or nobody knows: the class of the error says which. */
    record Refused<R>(FleetException error) implements Submission<R> {
        @Override
        public Optional<JobHandle<R>> handle() {
            return Optional.empty();
        }
    }
}
