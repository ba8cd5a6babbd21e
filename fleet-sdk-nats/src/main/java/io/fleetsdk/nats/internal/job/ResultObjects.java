package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobRef;

/** Results too large for a record, in the object store JOB_RESULTS, which keeps them as long as the records. */
final class ResultObjects {
    /** JSON larger than this goes to the object store. */
    static final int LARGEST_IN_RECORD = 64 * 1024;

    /** Stores a result and says under which name. */
    String put(JobRef ref, int attempt, byte[] json) {
        throw new UnsupportedOperationException();
    }

    /**
     * @throws io.fleetsdk.NotFoundException if it is no longer kept
     */
    byte[] get(String name) {
        throw new UnsupportedOperationException();
    }
}
