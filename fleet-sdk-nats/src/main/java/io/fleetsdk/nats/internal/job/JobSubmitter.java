package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.Submission;
import io.fleetsdk.nats.internal.job.JobPublisher.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Puts jobs into their queue's stream: one publish each, or batches. */
final class JobSubmitter {
    /**
     * A job that is in the queue now.
     *
     * @param ref the job's, or that of the one that was there already
     */
    record Submitted(JobRef ref, Stored stored) {}

    private final JobBroker broker;
    private final JobIntake intake;
    private final JobBulk bulk;
    private final JobKeys keys;
    private final JobHandles handles;

    JobSubmitter(JobBroker broker, JobIntake intake, JobBulk bulk, JobKeys keys, JobHandles handles) {
        this.broker = broker;
        this.intake = intake;
        this.bulk = bulk;
        this.keys = keys;
        this.handles = handles;
    }

    <I, R> JobHandle<R> submit(String queue, JobType<I, R> type, I input, JobOptions options) {
        return handles.handle(
                type, submitted(drafted(queue, type, input, options)).ref());
    }

    /** Plain jobs travel in batches; those that need a look before, or a time, go one by one. */
    <I, R> List<Submission<R>> submitAll(String queue, JobType<I, R> type, List<JobRequest<I>> requests) {
        List<Submission<R>> answers = new ArrayList<>(requests.size());
        JobBulk.Run run = bulk.begin(queue);
        for (int i = 0; i < requests.size(); i++) {
            int index = i;
            JobRequest<I> request = requests.get(i);
            answers.add(answer(type, () -> {
                JobDraft draft = drafted(queue, type, request.input(), request.options());
                if (draft.isPlain()) {
                    run.add(draft.job(), refusal -> answers.set(index, new Submission.Refused<>(refusal)));
                    return new Submitted(draft.ref(), Stored.NEW);
                }
                return submitted(draft);
            }));
        }
        run.finish();
        return List.copyOf(answers);
    }

    private <I> JobDraft drafted(String queue, JobType<I, ?> type, I input, JobOptions options) {
        return JobDraft.of(
                queue, type, input, options, broker.codec(), broker.clock().instant());
    }

    private <R> Submission<R> answer(JobType<?, R> type, Supplier<Submitted> submitting) {
        try {
            Submitted submitted = submitting.get();
            JobHandle<R> handle = handles.handle(type, submitted.ref());
            return submitted.stored() == Stored.NEW
                    ? new Submission.Accepted<>(handle)
                    : new Submission.Duplicate<>(handle);
        } catch (FleetException e) {
            return new Submission.Refused<>(e);
        }
    }

    private Submitted submitted(JobDraft draft) {
        return draft.options()
                .deduplication()
                .map(rule -> keys.submit(draft, rule))
                .orElseGet(() -> intake.take(draft));
    }
}
