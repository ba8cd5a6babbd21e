/**
 * Background work in queues. Read {@link io.fleetsdk.job.JobType}, {@link io.fleetsdk.job.JobQueue} and {@link io.fleetsdk.job.JobHandle}
 * for who submits; {@link io.fleetsdk.job.JobWorker}, {@link io.fleetsdk.job.JobHandler} and {@link io.fleetsdk.job.JobContext} for
 * who works; {@link io.fleetsdk.job.Job} and {@link io.fleetsdk.job.JobState} for who watches. Instructions to robots are commands,
 * not jobs: they are in {@code io.fleetsdk.command}.
 */
@NullMarked
package io.fleetsdk.job;

import org.jspecify.annotations.NullMarked;
