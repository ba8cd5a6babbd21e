package io.fleetsdk.job;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A worker as it last reported itself. One that has not for 15 s is no longer listed.
 *
 * @param host name of its machine
 * @param types names of the types it does
 * @param active the jobs it has
 */
public record WorkerInfo(
        String id,
        String queue,
        WorkerState state,
        String host,
        int concurrency,
        Set<String> types,
        List<JobId> active,
        Instant startedAt,
        Instant seenAt) {}
