package io.fleetsdk.nats.internal.job;

import io.fleetsdk.job.JobRef;
import io.fleetsdk.protocol.JobSubjects.Lane;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A job as it lies in its queue's stream: ready, delayed or held.
 *
 * @param lane where it is or will be ready
 * @param attemptsMade before this message
 * @param recorded whether there is a record of the job that must be read before it is begun
 * @param foreign headers that mean nothing to this SDK, such as a trace's; they stay with the job
 * @param input JSON as it was submitted; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere, and copying every input would cost
record JobMessage(
        JobRef ref,
        Lane lane,
        String type,
        Instant submittedAt,
        JobTerms terms,
        int attemptsMade,
        boolean recorded,
        Map<String, List<String>> foreign,
        byte[] input) {

    /** Without foreign headers. */
    JobMessage(
            JobRef ref,
            Lane lane,
            String type,
            Instant submittedAt,
            JobTerms terms,
            int attemptsMade,
            boolean recorded,
            byte[] input) {
        this(ref, lane, type, submittedAt, terms, attemptsMade, recorded, Map.of(), input);
    }

    JobMessage withTerms(JobTerms other) {
        return new JobMessage(ref, lane, type, submittedAt, other, attemptsMade, recorded, foreign, input);
    }

    /** The message of a further try: its worker reads the record first. */
    JobMessage again(int attempts) {
        return new JobMessage(ref, lane, type, submittedAt, terms, attempts, true, foreign, input);
    }
}
