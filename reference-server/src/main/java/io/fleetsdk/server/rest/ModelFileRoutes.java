package io.fleetsdk.server.rest;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.server.auth.Gate;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.model.ModelPush;
import io.fleetsdk.storage.model.ModelStore;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The files of models: they come in and go out as they are, whatever their size. */
public final class ModelFileRoutes {
    private static final String MEDIA_TYPE = "application/octet-stream";

    private final Fleet fleet;
    private final Optional<ModelStore> store;

    /**
     * @param store empty where the server has no store for objects
     */
    public ModelFileRoutes(Fleet fleet, Optional<ModelStore> store) {
        this.fleet = fleet;
        this.store = store;
    }

    /** What is known of the file stands in the query, for the body is the file. */
    public void upload(Context ctx) {
        ModelPush push = push(ctx);
        ModelVersion version = store().push(BlobSource.of(ctx.bodyInputStream()), push);
        ModelRef ref = version.ref();
        AuditLog.note(ctx, "version", ref);
        ctx.status(HttpStatus.CREATED)
                .header(Header.LOCATION, "/api/v1/models/" + ref.model() + "/versions/" + ref.version())
                .json(ModelVersionDto.of(version));
    }

    /** Cut short where the store has something else than what was published. */
    public void download(Context ctx) {
        ModelVersion version = ModelRoutes.named(fleet, ModelRoutes.ref(ctx));
        String digest =
                Base64.getEncoder().encodeToString(version.manifest().digest().bytes());
        String name = version.ref().model() + "-" + version.ref().version() + ".onnx";
        ctx.header(Header.CONTENT_LENGTH, Long.toString(version.manifest().length()))
                .header(Header.CONTENT_DISPOSITION, "attachment; filename=\"" + name + "\"")
                .header(Header.ETAG, "\"" + version.manifest().digest() + "\"")
                .header("Repr-Digest", "sha-256=:" + digest + ":")
                .contentType(MEDIA_TYPE)
                .result(store().open(version));
    }

    private ModelStore store() {
        return store.orElseThrow(() -> new UnavailableException("this server has no store for files", null));
    }

    private static ModelPush push(Context ctx) {
        ModelFacts.Builder facts = ModelFacts.builder()
                .embodiments(ctx.queryParams("embodiment"))
                .metrics(metrics(ctx))
                .publishedBy(Gate.principal(ctx).name());
        RequestQuery.parameter(ctx, "dataset").ifPresent(facts::dataset);
        RequestQuery.parameter(ctx, "description").ifPresent(facts::description);
        RequestQuery.parameter(ctx, "trainingJob").map(ModelRoutes::job).ifPresent(facts::trainingJob);
        ModelPush push = ModelPush.of(ctx.pathParam("model")).withFacts(facts.build());
        ModelPush numbered = RequestQuery.parameter(ctx, "version")
                .map(text -> push.withVersion(ModelRef.number(text)))
                .orElse(push);
        return RequestQuery.instant(ctx, "expires").map(numbered::withExpiry).orElse(numbered);
    }

    private static Map<String, Double> metrics(Context ctx) {
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (String text : ctx.queryParams("metric")) {
            int equals = text.lastIndexOf('=');
            metrics.put(text.substring(0, Math.max(0, equals)), number(text, text.substring(equals + 1)));
        }
        return metrics;
    }

    private static double number(String metric, String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw new InvalidInputException("metric", metric, "must be a name and a number such as loss=0.25");
        }
    }
}
