package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobState;

/** What is said of a job that has ended. */
final class Endings {
    private Endings() {}

    /** Prints the result, or why there is none; the exit code. */
    static int report(Job job, Screen screen) {
        if (job.state() == JobState.SUCCEEDED) {
            job.result().ifPresent(screen::json);
            return ExitCode.DONE;
        }
        String reason = job.error().map(error -> ": " + Words.of(error)).orElse("");
        screen.line("job " + job.ref() + " is " + Words.of(job.state()) + reason);
        return ExitCode.UNSUCCESSFUL;
    }
}
