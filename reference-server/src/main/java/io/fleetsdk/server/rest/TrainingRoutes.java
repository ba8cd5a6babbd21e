package io.fleetsdk.server.rest;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.CheckpointRef;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingRun;
import io.fleetsdk.training.TrainingService;
import io.fleetsdk.training.TrainingTask;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Optional;
import java.util.Set;

/** Runs of training: submitted, followed, cancelled, gone on with. */
public final class TrainingRoutes {
    private static final String PATH = "/api/v1/training/";
    private static final int USUAL_LIMIT = 20;
    private static final int MOST = 200;
    private static final int USUAL_DISTANCE = 5;

    private final TrainingService training;
    private final JsonCodec codec;

    public TrainingRoutes(TrainingService training, JsonCodec codec) {
        this.training = training;
        this.codec = codec;
    }

    public void list(Context ctx) {
        ctx.json(training.list(RequestQuery.limit(ctx, USUAL_LIMIT, MOST)).stream()
                .map(TrainingRunDto::of)
                .toList());
    }

    public void submit(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        TrainingTask task = body.word("task", TrainingTask.class).orElse(TrainingTask.FINETUNE);
        String trainer = body.requiredText("trainer");
        Optional<String> dataset = body.text("dataset");
        Optional<String> model = body.text("model");
        Set<String> embodiments = body.texts("embodiments").orElse(Set.of());
        JsonObject parameters = body.object("parameters").orElse(JsonObject.empty());
        int every = body.count("checkpointEvery").orElse(USUAL_DISTANCE);
        Optional<CheckpointRef> from = body.part("from").flatMap(TrainingRoutes::checkpoint);
        Optional<TrainingRequest> request = body.made(
                () -> new TrainingRequest(task, trainer, dataset, model, embodiments, parameters, every, from));
        body.check();
        submitted(ctx, training.submit(request.orElseThrow()));
    }

    private static Optional<CheckpointRef> checkpoint(RequestBody part) {
        String run = part.requiredText("run");
        Optional<Integer> epoch = part.present("epoch", part.count("epoch"));
        return epoch.flatMap(number -> part.made(() -> new CheckpointRef(JobId.of(run), number)));
    }

    public void find(Context ctx) {
        ctx.json(TrainingRunDto.of(named(ctx)));
    }

    public void cancel(Context ctx) {
        training.cancel(id(ctx));
        find(ctx);
    }

    public void resume(Context ctx) {
        submitted(ctx, training.resume(id(ctx)));
    }

    private static void submitted(Context ctx, TrainingRun run) {
        AuditLog.note(ctx, "run", run.id());
        ctx.status(HttpStatus.CREATED).header(Header.LOCATION, PATH + run.id()).json(TrainingRunDto.of(run));
    }

    private TrainingRun named(Context ctx) {
        JobId id = id(ctx);
        return training.find(id).orElseThrow(() -> new NotFoundException("nothing of training run " + id + " is kept"));
    }

    private static JobId id(Context ctx) {
        return JobId.of(ctx.pathParam("runId"));
    }
}
