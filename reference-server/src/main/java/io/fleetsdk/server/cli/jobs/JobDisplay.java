package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.Job;
import java.time.Instant;

/** Draws a job that is followed. */
interface JobDisplay {
    /** The job as it is now; called at each of its steps and about once a second. */
    void show(Job job, Instant now);

    /** Nothing more will be shown. */
    void end();
}
