package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobQuery;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.Submission;
import io.fleetsdk.json.JsonCodec;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Background work: submitted, looked for, cancelled, tried again. */
public final class JobRoutes {
    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 1_000;
    private static final int LARGEST_BULK = 10_000;

    private final Fleet fleet;
    private final JsonCodec codec;

    public JobRoutes(Fleet fleet, JsonCodec codec) {
        this.fleet = fleet;
        this.codec = codec;
    }

    /**
     * What became of one job of a bulk.
     *
     * @param status accepted, duplicate or refused
     */
    record Submitted(String status, Optional<JobRef> job, Optional<ProblemDto> problem) {
        static Submitted of(Submission<Object> submission, String path) {
            Optional<JobRef> job = submission.handle().map(JobHandle::ref);
            if (submission instanceof Submission.Refused<Object> refused) {
                return new Submitted("refused", job, Optional.of(Problems.of(refused.error(), path)));
            }
            boolean accepted = submission instanceof Submission.Accepted<Object>;
            return new Submitted(accepted ? "accepted" : "duplicate", job, Optional.empty());
        }
    }

    /** What became of a bulk, in the order of its jobs. */
    record SubmittedBulk(List<Submitted> results) {}

    public void list(Context ctx) {
        JobQuery query = new JobQuery(
                RequestQuery.words(ctx, "state", JobState.class),
                RequestQuery.parameter(ctx, "type"),
                RequestQuery.parameter(ctx, "tenant"),
                RequestQuery.limit(ctx, USUAL_LIMIT, MOST));
        ctx.json(queues(ctx).stream()
                .flatMap(queue -> queue.list(query).stream())
                .sorted(Comparator.comparing(Job::submittedAt).reversed())
                .limit(query.limit())
                .map(JobDto::brief)
                .toList());
    }

    public void submit(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        String queue = body.requiredText("queue");
        Optional<JobType<Object, Object>> type = RequestedJob.type(body);
        JobRequest<Object> request = RequestedJob.request(body);
        body.check();
        submitted(ctx, fleet.jobs().queue(queue).submit(type.orElseThrow(), request.input(), request.options()));
    }

    public void submitAll(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        String queue = body.requiredText("queue");
        Optional<JobType<Object, Object>> type = RequestedJob.type(body);
        List<JobRequest<Object>> requests = requests(body);
        body.check();
        List<Submitted> results = fleet.jobs().queue(queue).submitAll(type.orElseThrow(), requests).stream()
                .map(submission -> Submitted.of(submission, ctx.path()))
                .toList();
        AuditLog.note(ctx, "queue", queue);
        AuditLog.note(ctx, "jobs", results.size());
        ctx.json(new SubmittedBulk(results));
    }

    public void submitFlow(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        String queue = body.requiredText("queue");
        Optional<JobFlow<Object, Object>> flow =
                body.present("flow", body.part("flow")).flatMap(RequestedJob::flow);
        body.check();
        submitted(ctx, fleet.jobs().queue(queue).submit(flow.orElseThrow()));
    }

    public void find(Context ctx) {
        ctx.json(JobDto.of(named(ctx)));
    }

    public void cancel(Context ctx) {
        JobRef ref = RequestQuery.job(ctx);
        fleet.jobs().queue(ref.queue()).cancel(ref.id());
        find(ctx);
    }

    public void tree(Context ctx) {
        ctx.json(JobTreeDto.of(named(ctx), fleet.jobs()));
    }

    /** Tells of a job that is stored; that it cannot be read back must not sound as if it were not. */
    static void submitted(Context ctx, JobHandle<Object> handle) {
        JobRef ref = handle.ref();
        AuditLog.note(ctx, "job", ref);
        ctx.status(HttpStatus.CREATED)
                .header(Header.LOCATION, "/api/v1/jobs/" + ref)
                .json(JobDto.of(stored(handle)));
    }

    private static Job stored(JobHandle<Object> handle) {
        try {
            return handle.job();
        } catch (UnavailableException e) {
            throw new UnknownOutcomeException("job " + handle.ref() + " was submitted, but cannot be read back", e);
        }
    }

    private List<JobRequest<Object>> requests(RequestBody body) {
        List<RequestBody> jobs = body.present("jobs", body.parts("jobs")).orElse(List.of());
        if (jobs.size() > LARGEST_BULK) {
            throw new InvalidInputException("jobs", jobs.size() + " jobs", "must be at most " + LARGEST_BULK);
        }
        return jobs.stream().map(RequestedJob::request).toList();
    }

    private List<JobQueue> queues(Context ctx) {
        return RequestQuery.parameter(ctx, "queue").map(List::of).orElseGet(fleet.jobs()::queues).stream()
                .map(fleet.jobs()::queue)
                .toList();
    }

    private Job named(Context ctx) {
        return kept(fleet, RequestQuery.job(ctx));
    }

    static Job kept(Fleet fleet, JobRef ref) {
        return fleet.jobs().job(ref).orElseThrow(() -> new NotFoundException("nothing is kept of a job " + ref));
    }
}
