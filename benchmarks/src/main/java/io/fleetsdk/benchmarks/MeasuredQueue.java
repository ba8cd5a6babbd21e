package io.fleetsdk.benchmarks;

import io.fleetsdk.benchmarks.TypicalJobs.Done;
import io.fleetsdk.benchmarks.TypicalJobs.Episode;
import io.fleetsdk.job.JobHandler;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.Submission;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import java.io.IOException;
import java.util.List;

/** A queue of the SDK that was empty in the beginning. It goes when it is closed, and all records of jobs go with it. */
final class MeasuredQueue implements AutoCloseable {
    private static final String RECORDS = "KV_JOB_PROGRESS";
    private static final String LANE = "normal";
    private static final int CALL = 1_000;

    private final JobQueue queue;
    private final JetStreamManagement management;
    private final String stream;

    MeasuredQueue(JobQueue queue, JetStreamManagement management) throws IOException, JetStreamApiException {
        this.queue = queue;
        this.management = management;
        this.stream = management.getStreamNames(JobSubjects.queue(queue.name())).get(0);
    }

    JobQueue queue() {
        return queue;
    }

    void submit(JobRequest<Episode> request) {
        queue.submit(TypicalJobs.INSPECT, request.input());
    }

    /** In calls of a thousand, one after the other. */
    void fill(List<JobRequest<Episode>> requests) {
        for (int from = 0; from < requests.size(); from += CALL) {
            submitAll(requests.subList(from, Math.min(requests.size(), from + CALL)));
        }
    }

    /**
     * In one call.
     *
     * @throws IllegalStateException if one of them was not stored
     */
    List<Submission<Done>> submitAll(List<JobRequest<Episode>> requests) {
        List<Submission<Done>> answers = queue.submitAll(TypicalJobs.INSPECT, requests);
        answers.forEach(answer -> {
            if (answer instanceof Submission.Refused<Done> refused) {
                throw new IllegalStateException("a job was refused", refused.error());
            }
        });
        return answers;
    }

    JobWorker work(int concurrency, JobHandler<Episode, Done> handler) {
        return JobWorker.builder(queue)
                .handle(TypicalJobs.INSPECT, handler)
                .concurrency(concurrency)
                .start();
    }

    /** Until the end of every job is stored and every message acknowledged. */
    void awaitWorkedOff() throws IOException, JetStreamApiException {
        WorkedOff.await(management, stream, LANE);
    }

    /**
     * Counts what was stored of the ends.
     *
     * @throws IllegalStateException if it is not so many
     */
    void checkCompleted(int expected) throws IOException, JetStreamApiException {
        long records = management.getStreamInfo(RECORDS).getStreamState().getSubjectCount();
        long completed = queue.figures().completed();
        if (records != expected || completed != expected) {
            throw new IllegalStateException("of " + expected + " jobs " + completed + " are counted as completed and "
                    + records + " have a record");
        }
    }

    @Override
    public void close() throws IOException, JetStreamApiException {
        management.deleteStream(stream);
        management.purgeStream(RECORDS);
    }
}
