package io.fleetsdk.job;

import io.fleetsdk.internal.Require;

/** A job and the queue it is in. */
public record JobRef(String queue, JobId id) {
    public JobRef {
        queue = Require.token("queue", queue);
        id = Require.present("id", id);
    }

    @Override
    public String toString() {
        return queue + "/" + id;
    }
}
