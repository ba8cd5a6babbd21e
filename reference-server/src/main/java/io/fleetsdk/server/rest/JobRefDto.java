package io.fleetsdk.server.rest;

import io.fleetsdk.job.JobRef;

/** Which job. */
record JobRefDto(String queue, String id) {
    static JobRefDto of(JobRef ref) {
        return new JobRefDto(ref.queue(), ref.id().value());
    }
}
