package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobId;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** One dead letter of a queue, or all of them. */
final class Which {
    @Parameters(index = "0", paramLabel = "QUEUE")
    private String queue = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", description = "The job; or --all")
    private Optional<String> id = Optional.empty();

    @Option(names = "--all", description = "Every one that is there now")
    private boolean all;

    String queue() {
        return queue;
    }

    /**
     * Empty for all.
     *
     * @throws InvalidInputException if neither or both were asked for
     */
    Optional<JobId> id() {
        if (all == id.isPresent()) {
            throw new InvalidInputException("ID", id.orElse("none"), "must be given, or --all, not both");
        }
        return id.map(JobId::of);
    }

    @Override
    public String toString() {
        return id.map(one -> "the dead letter " + queue + "/" + one).orElse("all dead letters of " + queue);
    }
}
