package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.QueueLimits;
import io.fleetsdk.job.WorkerInfo;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.json.JsonCodec;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The queues themselves, and the workers at them. */
public final class QueueRoutes {
    private final Fleet fleet;
    private final QueueView view;
    private final JsonCodec codec;

    public QueueRoutes(Fleet fleet, QueueView view, JsonCodec codec) {
        this.fleet = fleet;
        this.view = view;
        this.codec = codec;
    }

    /** A worker as it last reported itself. */
    public record WorkerDto(
            String id,
            String queue,
            WorkerState state,
            String host,
            int concurrency,
            List<String> types,
            List<String> active,
            Instant startedAt,
            Instant seenAt) {
        public static WorkerDto of(WorkerInfo worker) {
            return new WorkerDto(
                    worker.id(),
                    worker.queue(),
                    worker.state(),
                    worker.host(),
                    worker.concurrency(),
                    worker.types().stream().sorted().toList(),
                    worker.active().stream().map(String::valueOf).toList(),
                    worker.startedAt(),
                    worker.seenAt());
        }
    }

    /** The answer to an order, which the worker follows in its own time. */
    record Ordered(String queue, String workerId, WorkerState state) {}

    public void list(Context ctx) {
        ctx.json(view.queues());
    }

    public void find(Context ctx) {
        ctx.json(view.queue(name(ctx)));
    }

    public void define(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        Optional<JobQueueSpec> spec = spec(body);
        body.check();
        String name = fleet.jobs().define(spec.orElseThrow()).name();
        AuditLog.note(ctx, "queue", name);
        ctx.status(HttpStatus.CREATED).json(view.queue(name));
    }

    public void pause(Context ctx) {
        named(ctx).pause();
        find(ctx);
    }

    public void resume(Context ctx) {
        named(ctx).resume();
        find(ctx);
    }

    public void limit(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        OptionalInt concurrency = body.count("concurrency").map(OptionalInt::of).orElse(OptionalInt.empty());
        Optional<QueueLimits.Rate> rate = body.part("rate").flatMap(QueueRoutes::rate);
        Optional<QueueLimits> limits = body.made(() -> new QueueLimits(concurrency, rate));
        body.check();
        named(ctx).limit(limits.orElseThrow());
        find(ctx);
    }

    public void workers(Context ctx) {
        ctx.json(named(ctx).workers().stream().map(WorkerDto::of).toList());
    }

    public void order(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        Optional<WorkerState> state = body.present("state", body.word("state", WorkerState.class));
        if (state.equals(Optional.of(WorkerState.STOPPED))) {
            body.refuse("state", "must be RUNNING, QUIET or TERMINATING");
        }
        body.check();
        String worker = ctx.pathParam("workerId");
        named(ctx).order(worker, state.orElseThrow());
        ctx.status(HttpStatus.ACCEPTED).json(new Ordered(name(ctx), worker, state.orElseThrow()));
    }

    private static Optional<JobQueueSpec> spec(RequestBody body) {
        Optional<String> name = body.needed("name");
        Optional<Duration> heartbeat = body.duration("heartbeatTimeout");
        Optional<JobQueueSpec.Storage> storage = body.word("storage", JobQueueSpec.Storage.class);
        Optional<JobQueueSpec.Durability> durability = body.word("durability", JobQueueSpec.Durability.class);
        return name.flatMap(text -> body.made(() -> {
            JobQueueSpec usual = JobQueueSpec.of(text);
            return new JobQueueSpec(
                    text,
                    heartbeat.orElse(usual.heartbeatTimeout()),
                    storage.orElse(usual.storage()),
                    durability.orElse(usual.durability()));
        }));
    }

    private static Optional<QueueLimits.Rate> rate(RequestBody rate) {
        Optional<Integer> jobs = rate.present("jobs", rate.count("jobs"));
        Optional<Duration> period = rate.present("period", rate.duration("period"));
        return jobs.flatMap(count -> period.flatMap(time -> rate.made(() -> new QueueLimits.Rate(count, time))));
    }

    private JobQueue named(Context ctx) {
        return fleet.jobs().queue(name(ctx));
    }

    private static String name(Context ctx) {
        return ctx.pathParam("queue");
    }
}
