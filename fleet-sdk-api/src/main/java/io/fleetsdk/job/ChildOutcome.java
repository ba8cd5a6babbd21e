package io.fleetsdk.job;

import java.util.Optional;

/**
 * How a child of a flow ended, as its parent sees it.
 *
 * @param type name of its {@link JobType}
 * @param state FAILED and the like where the flow said to go on all the same; not final where it went on before
 * @param result JSON, empty unless it succeeded with one
 */
public record ChildOutcome(JobRef ref, String type, JobState state, Optional<Object> result) {}
