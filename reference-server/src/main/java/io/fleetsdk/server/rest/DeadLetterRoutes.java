package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.DeadLetters;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.json.JsonCodec;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.Comparator;
import java.util.List;

/** The jobs that were given up. */
public final class DeadLetterRoutes {
    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 1_000;

    private final Fleet fleet;
    private final JsonCodec codec;

    public DeadLetterRoutes(Fleet fleet, JsonCodec codec) {
        this.fleet = fleet;
        this.codec = codec;
    }

    /** How many it were. */
    record Count(int count) {}

    public void list(Context ctx) {
        int limit = RequestQuery.limit(ctx, USUAL_LIMIT, MOST);
        ctx.json(RequestQuery.parameter(ctx, "queue").map(List::of).orElseGet(fleet.jobs()::queues).stream()
                .flatMap(queue -> of(queue).list(limit).stream())
                .sorted(Comparator.comparing(DeadLetter::at).reversed())
                .limit(limit)
                .map(DeadLetterDto::brief)
                .toList());
    }

    public void find(Context ctx) {
        JobRef ref = RequestQuery.job(ctx);
        DeadLetter letter = of(ref.queue())
                .find(ref.id())
                .orElseThrow(() -> new NotFoundException("job " + ref + " is not in the dead letters"));
        ctx.json(DeadLetterDto.of(letter, codec));
    }

    public void purge(Context ctx) {
        JobRef ref = RequestQuery.job(ctx);
        of(ref.queue()).purge(ref.id());
        ctx.status(HttpStatus.NO_CONTENT);
    }

    public void retry(Context ctx) {
        JobRef ref = RequestQuery.job(ctx);
        of(ref.queue()).retry(ref.id());
        ctx.json(JobDto.of(JobRoutes.kept(fleet, ref)));
    }

    public void retryAll(Context ctx) {
        answer(ctx, of(ctx.pathParam("queue")).retryAll());
    }

    public void purgeAll(Context ctx) {
        answer(ctx, of(ctx.pathParam("queue")).purgeAll());
    }

    private DeadLetters of(String queue) {
        return fleet.jobs().queue(queue).deadLetters();
    }

    private static void answer(Context ctx, int count) {
        AuditLog.note(ctx, "count", count);
        ctx.json(new Count(count));
    }
}
