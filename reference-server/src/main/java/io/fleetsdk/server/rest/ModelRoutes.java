package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.model.ModelQuery;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.RegisteredModel;
import io.fleetsdk.server.auth.Gate;
import io.javalin.http.Context;
import java.util.Optional;

/** Models and their versions, as the registry tells of them. */
public final class ModelRoutes {
    private static final int USUAL_LIMIT = 100;
    private static final int MOST = 10_000;

    private final Fleet fleet;
    private final JsonCodec codec;

    public ModelRoutes(Fleet fleet, JsonCodec codec) {
        this.fleet = fleet;
        this.codec = codec;
    }

    public void list(Context ctx) {
        ctx.json(fleet.models().models().stream().map(ModelDto::of).toList());
    }

    public void find(Context ctx) {
        String name = ctx.pathParam("model");
        RegisteredModel model =
                fleet.models().model(name).orElseThrow(() -> new NotFoundException("there is no model " + name));
        ctx.json(ModelDto.of(model));
    }

    public void search(Context ctx) {
        ModelQuery query = new ModelQuery(
                RequestQuery.parameter(ctx, "text"),
                RequestQuery.parameter(ctx, "model"),
                RequestQuery.words(ctx, "state", ModelState.class),
                RequestQuery.parameter(ctx, "embodiment"),
                RequestQuery.parameter(ctx, "dataset"),
                RequestQuery.parameter(ctx, "trainingJob").map(ModelRoutes::job),
                RequestQuery.limit(ctx, USUAL_LIMIT, MOST));
        ctx.json(fleet.models().search(query).stream().map(ModelVersionDto::of).toList());
    }

    /** A job as it is written: its queue, a slash, its id. */
    static JobRef job(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new InvalidInputException("trainingJob", text, "must be a queue and a job such as training/j1");
        }
        return new JobRef(text.substring(0, slash), JobId.of(text.substring(slash + 1)));
    }

    public void versions(Context ctx) {
        ctx.json(fleet.models().versions(ctx.pathParam("model")).stream()
                .map(ModelVersionDto::of)
                .toList());
    }

    public void version(Context ctx) {
        ctx.json(ModelVersionDto.of(named(ctx)));
    }

    public void sign(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        Optional<String> key = body.needed("key");
        Optional<String> text = body.needed("signature");
        Optional<ModelSignature> signature =
                key.flatMap(who -> text.flatMap(what -> body.made(() -> new ModelSignature(who, what))));
        body.check();
        AuditLog.note(ctx, "key", signature.orElseThrow().key());
        ctx.json(ModelVersionDto.of(fleet.models().sign(ref(ctx), signature.orElseThrow())));
    }

    public void retire(Context ctx) {
        RequestBody body = RequestBody.of(ctx, codec);
        String reason = body.requiredText("reason");
        body.check();
        String by = Gate.principal(ctx).name();
        ctx.json(ModelVersionDto.of(fleet.models().retire(ref(ctx), by, reason)));
    }

    private ModelVersion named(Context ctx) {
        return named(fleet, ref(ctx));
    }

    static ModelVersion named(Fleet fleet, ModelRef ref) {
        return fleet.models().find(ref).orElseThrow(() -> new NotFoundException("there is no model " + ref));
    }

    static ModelRef ref(Context ctx) {
        return new ModelRef(ctx.pathParam("model"), ModelRef.number(ctx.pathParam("version")));
    }
}
