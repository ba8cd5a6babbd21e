package io.fleetsdk.training;

import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobId;

/**
 * A checkpoint that is kept. Its text is {@code RUN@EPOCH}.
 *
 * @param run that saved it
 * @param epoch after which, from 1
 */
public record CheckpointRef(JobId run, int epoch) {
    public CheckpointRef {
        run = Require.present("run", run);
        Require.within("epoch", epoch, 1, Integer.MAX_VALUE);
    }

    @Override
    public String toString() {
        return run + "@" + epoch;
    }
}
