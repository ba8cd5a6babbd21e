package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.util.Optional;
import java.util.Set;

/**
 * Which jobs to list, newest first.
 *
 * @param states any where empty
 * @param limit 1 to 1,000
 */
public record JobQuery(Set<JobState> states, Optional<String> type, Optional<String> tenant, int limit) {
    private static final int USUAL = 100;

    public JobQuery {
        states = Set.copyOf(states);
        type = Require.orEmpty(type);
        tenant = Require.orEmpty(tenant);
        Require.within("limit", limit, 1, 1_000);
    }

    /** The newest 100. */
    public static JobQuery newest() {
        return new JobQuery(Set.of(), Optional.empty(), Optional.empty(), USUAL);
    }

    public JobQuery withStates(JobState... wanted) {
        return new JobQuery(Set.of(wanted), type, tenant, limit);
    }

    public JobQuery withType(String name) {
        return new JobQuery(states, Optional.of(name), tenant, limit);
    }

    public JobQuery withTenant(String name) {
        return new JobQuery(states, type, Optional.of(name), limit);
    }

    public JobQuery withLimit(int count) {
        return new JobQuery(states, type, tenant, count);
    }

    public boolean matches(Job job) {
        return (states.isEmpty() || states.contains(job.state()))
                && type.map(job.type()::equals).orElse(true)
                && (tenant.isEmpty() || tenant.equals(job.tenant()));
    }
}
