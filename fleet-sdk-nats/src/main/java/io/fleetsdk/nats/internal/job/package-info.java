/**
 * Jobs on JetStream. Read {@link io.fleetsdk.nats.internal.job.JetStreamJobs}, then along the river: JobSubmitter puts a JobMessage
 * into the queue's stream; JetStreamJobWorker pulls it, runs an Attempt and writes the JobRecord, whose revision is the fence; JobEnds does
 * what an end means to others (dead letters, parents, keys). Not for embedders.
 */
@NullMarked
package io.fleetsdk.nats.internal.job;

import org.jspecify.annotations.NullMarked;
