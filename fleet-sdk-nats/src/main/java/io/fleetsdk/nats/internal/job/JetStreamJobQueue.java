package io.fleetsdk.nats.internal.job;

import io.fleetsdk.Subscription;
import io.fleetsdk.job.DeadLetters;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobFigures;
import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQuery;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobSchedules;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.QueueLimits;
import io.fleetsdk.job.Submission;
import io.fleetsdk.job.WorkerInfo;
import io.fleetsdk.job.WorkerState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** One queue: says which part does what. */
final class JetStreamJobQueue implements JobQueue, AutoCloseable {
    private final String name;
    private final JobParts parts;
    private final QueueControl control;
    private final DeadLetters deadLetters;
    private final JobSchedules schedules;
    private final Set<JobWorker> workers = ConcurrentHashMap.newKeySet();

    JetStreamJobQueue(String name, JobParts parts) {
        this.name = name;
        this.parts = parts;
        this.control = new QueueControl(name, parts);
        this.deadLetters = new JetStreamDeadLetters(name, parts);
        this.schedules = new JetStreamSchedules(name, parts);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public <I, R> JobHandle<R> submit(JobType<I, R> type, I input, JobOptions options) {
        return parts.submitter().submit(name, type, input, options);
    }

    @Override
    public <I, R> List<Submission<R>> submitAll(JobType<I, R> type, List<JobRequest<I>> requests) {
        return parts.submitter().submitAll(name, type, requests);
    }

    @Override
    public <I, R> JobHandle<R> submit(JobFlow<I, R> flow) {
        return parts.flows().submit(name, flow);
    }

    @Override
    public <R> Optional<JobHandle<R>> find(JobType<?, R> type, JobId id) {
        return job(id).map(found -> parts.handles().handle(type, found.ref()));
    }

    @Override
    public Optional<Job> job(JobId id) {
        return parts.snapshots().find(new JobRef(name, id));
    }

    @Override
    public List<Job> list(JobQuery query) {
        return parts.log().list(name, query);
    }

    @Override
    public void cancel(JobId id) {
        parts.cancellation().cancel(new JobRef(name, id));
    }

    @Override
    public void pause() {
        control.pause();
    }

    @Override
    public void resume() {
        control.resume();
    }

    @Override
    public QueueLimits limits() {
        return control.limits();
    }

    @Override
    public void limit(QueueLimits limits) {
        control.limit(limits);
    }

    @Override
    public JobFigures figures() {
        return control.figures();
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public JobSchedules schedules() {
        return schedules;
    }

    @Override
    public List<WorkerInfo> workers() {
        return parts.directory().list(name);
    }

    @Override
    public void order(String workerId, WorkerState order) {
        control.order(workerId, order);
    }

    @Override
    public Subscription watch(Consumer<Job> handler) {
        return parts.log().watch(job -> job.ref().queue().equals(name), handler);
    }

    @Override
    public JobWorker start(JobWorker.Spec worker) {
        JobWorker started = JetStreamJobWorker.start(name, worker, parts, workers::remove);
        workers.add(started);
        return started;
    }

    @Override
    public void close() {
        List.copyOf(workers).forEach(JobWorker::close);
    }
}
