package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.RetryPolicy;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a job that a schedule's jobs have as well. */
final class JobWishes {
    @Option(
            names = "--priority",
            paramLabel = "WORD",
            defaultValue = "NORMAL",
            description = "critical, high, normal (the default) or low")
    private JobPriority priority = JobPriority.NORMAL;

    @Option(names = "--tenant", paramLabel = "NAME", description = "Whose job it is; tenants take turns")
    private Optional<String> tenant = Optional.empty();

    @Option(
            names = "--retries",
            paramLabel = "N",
            description = "Attempts after the first that failed, 0 to 99. Default: 3")
    private Optional<Integer> retries = Optional.empty();

    @Option(names = "--metadata", paramLabel = "NAME=TEXT", description = "For people and filters; again for more")
    private Map<String, String> metadata = Map.of();

    JobOptions.Builder options() {
        JobOptions.Builder options = JobOptions.builder().priority(priority).metadata(metadata);
        tenant.ifPresent(options::tenant);
        retries.ifPresent(count -> options.retry(RetryPolicy.defaults().withMaxAttempts(count + 1)));
        return options;
    }
}
