package io.fleetsdk.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * A job that waits for others, which may wait for others again: a tree.
 *
 * @param options of the parent; its start and deduplication must be left out
 * @param children 1 to 1,000
 */
public record JobFlow<I, R>(JobType<I, R> type, I input, JobOptions options, List<Child<?, ?>> children) {
    private static final int MOST = 1_000;

    /** What a child's failure, cancellation or expiry means to its parent. */
    public enum OnFailure {
        /** The parent fails at once; its other children go on. */
        FAIL_PARENT,
        /** The parent starts at once, without waiting for the others. */
        CONTINUE_PARENT,
        /** It counts as ended like any other. */
        IGNORE
    }

    /**
     * @param queue the child's, which may be another than the parent's
     * @param job the child, with children of its own or none
     */
    public record Child<I, R>(String queue, JobFlow<I, R> job, OnFailure onFailure) {
        public Child {
            queue = Require.token("queue", queue);
        }
    }

    public JobFlow {
        children = List.copyOf(children);
        Require.within("children", children.size(), 0, MOST);
        if (!(options.start() instanceof JobOptions.Start.Now)) {
            throw new InvalidInputException("start", options.start(), "must be left out in a flow");
        }
        if (options.deduplication().isPresent()) {
            throw new InvalidInputException("deduplication", options.deduplication(), "must be left out in a flow");
        }
    }

    public static <I, R> JobFlow<I, R> of(JobType<I, R> type, I input) {
        return of(type, input, JobOptions.defaults());
    }

    public static <I, R> JobFlow<I, R> of(JobType<I, R> type, I input, JobOptions options) {
        return new JobFlow<>(type, input, options, List.of());
    }

    /** With one more child, whose failure fails this job. */
    public JobFlow<I, R> after(String queue, JobFlow<?, ?> child) {
        return after(queue, child, OnFailure.FAIL_PARENT);
    }

    /** With one more child. */
    public JobFlow<I, R> after(String queue, JobFlow<?, ?> child, OnFailure onFailure) {
        List<Child<?, ?>> more = new ArrayList<>(children);
        more.add(new Child<>(queue, child, onFailure));
        return new JobFlow<>(type, input, options, more);
    }
}
