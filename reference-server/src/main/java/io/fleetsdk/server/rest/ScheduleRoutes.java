package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobSchedules;
import io.fleetsdk.job.JobType;
import io.fleetsdk.json.JsonCodec;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** Jobs that recur. */
public final class ScheduleRoutes {
    private final Fleet fleet;
    private final JsonCodec codec;

    public ScheduleRoutes(Fleet fleet, JsonCodec codec) {
        this.fleet = fleet;
        this.codec = codec;
    }

    public void list(Context ctx) {
        ctx.json(RequestQuery.parameter(ctx, "queue").map(List::of).orElseGet(fleet.jobs()::queues).stream()
                .flatMap(queue -> of(queue).list().stream().map(status -> ScheduleDto.of(queue, status)))
                .toList());
    }

    public void find(Context ctx) {
        String name = name(ctx);
        ctx.json(of(queue(ctx))
                .find(name)
                .map(status -> ScheduleDto.of(queue(ctx), status))
                .orElseThrow(() -> new NotFoundException("queue " + queue(ctx) + " has no schedule " + name)));
    }

    public void put(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        Optional<JobSchedule> schedule = schedule(name(ctx), body);
        body.check();
        of(queue(ctx)).put(schedule.orElseThrow());
        find(ctx);
    }

    public void remove(Context ctx) {
        of(queue(ctx)).remove(name(ctx));
        ctx.status(HttpStatus.NO_CONTENT);
    }

    public void pause(Context ctx) {
        of(queue(ctx)).pause(name(ctx));
        find(ctx);
    }

    public void resume(Context ctx) {
        of(queue(ctx)).resume(name(ctx));
        find(ctx);
    }

    public void trigger(Context ctx) {
        JobRoutes.submitted(ctx, of(queue(ctx)).trigger(name(ctx)));
    }

    private static Optional<JobSchedule> schedule(String name, RequestBody body) {
        Optional<String> cron = body.needed("cron");
        Optional<JobType<Object, Object>> type = RequestedJob.type(body);
        Object input = RequestedJob.input(body);
        JobOptions options = RequestedOptions.in(body);
        Optional<ZoneId> zone = body.zone("zone");
        Optional<JobSchedule.Overlap> overlap = body.word("overlap", JobSchedule.Overlap.class);
        Optional<JobSchedule.Missed> missed = body.word("missed", JobSchedule.Missed.class);
        Optional<Duration> startWithin = body.duration("startWithin");
        return cron.flatMap(times -> type.flatMap(known -> body.made(() -> {
            JobSchedule usual = JobSchedule.of(name, times, known, input);
            return new JobSchedule(
                    name,
                    times,
                    zone.orElse(usual.zone()),
                    known.name(),
                    input,
                    options,
                    overlap.orElse(usual.overlap()),
                    missed.orElse(usual.missed()),
                    startWithin.orElse(usual.startWithin()));
        })));
    }

    private JobSchedules of(String queue) {
        return fleet.jobs().queue(queue).schedules();
    }

    private static String queue(Context ctx) {
        return ctx.pathParam("queue");
    }

    private static String name(Context ctx) {
        return ctx.pathParam("name");
    }
}
