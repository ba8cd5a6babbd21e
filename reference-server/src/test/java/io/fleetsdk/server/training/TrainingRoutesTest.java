package io.fleetsdk.server.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fleetsdk.inference.InferenceAnswer;
import io.fleetsdk.inference.InferenceRequest;
import io.fleetsdk.inference.Tensor;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.nats.ModelKeys;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.server.Caller;
import io.fleetsdk.server.Caller.Answer;
import io.fleetsdk.server.FleetServer;
import io.fleetsdk.server.ServerUnderTest;
import io.fleetsdk.server.inference.InferenceWorker;
import io.fleetsdk.server.inference.RegisteredModels;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.checkpoint.CheckpointStore;
import io.fleetsdk.storage.dataset.DatasetRef;
import io.fleetsdk.storage.dataset.DatasetStore;
import io.fleetsdk.storage.model.ModelStore;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.storage.training.QueuedTraining;
import io.fleetsdk.storage.training.StoredTraining;
import io.fleetsdk.storage.training.TrainingWorkerOptions;
import io.fleetsdk.testing.ObjectServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole road, for real: from recordings in a store to a signed model that answers a robot. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrainingRoutesTest {
    @RegisterExtension
    static final ServerUnderTest fleet = new ServerUnderTest();

    @TempDir
    static Path directory;

    private static final Path ARM = Path.of("../../shared/data/lerobot/so101_pick_place_tape");
    private static final String TRAINING = "/api/v1/training";
    private static final Duration SOON = Duration.ofSeconds(60);

    private static ObjectServer objects;
    private static BlobStore blobs;
    private static FleetServer server;
    private static JobWorker worker;
    private static ModelSigner signer;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isDirectory(ARM), "../shared/data/lerobot is not here");
        objects = ObjectServer.start();
        S3BlobStore store = S3BlobStore.connect(
                S3Options.of(objects.endpoint(), S3Credentials.keys(objects.accessKey(), objects.secretKey())));
        store.buckets().apply(StorageLayout.defaults());
        blobs = store;
        new DatasetStore(blobs).upload(new DatasetRef("tape", "1"), ARM);
        server = fleet.start(Optional.of(blobs));
        ModelKeys.generate(directory.resolve("key"));
        signer = ModelKeys.signer(directory.resolve("key"));
        StoredTraining stores =
                new StoredTraining(blobs, fleet.fleet().models(), Optional.of(signer), Clock.systemUTC());
        worker = QueuedTraining.on(fleet.fleet(), stores)
                .start(TrainingWorkerOptions.of(directory.resolve("attempts"), new LinearTrainer()));
    }

    @AfterAll
    static void stop() {
        if (objects != null) {
            worker.close();
            server.close();
            blobs.close();
            objects.close();
        }
    }

    @Test
    void recordingsBecomeASignedModelThatAnswersRobotsAsItsTrainerWould() throws Exception {
        Answer submitted = operator().post(TRAINING, """
                        {"trainer":"linear","dataset":"tape@1","model":"so101","embodiments":["so101"],
                         "parameters":{"epochs":8},"checkpointEvery":4}""");
        assertThat(submitted.status()).as(submitted.body()).isEqualTo(201);

        JsonNode run = ended(submitted.header("Location"));

        assertThat(run.at("/state").stringValue()).as(run.toString()).isEqualTo("SUCCEEDED");
        assertThat(run.at("/curve")).hasSize(8);
        assertThat(run.at("/checkpoints").toString()).isEqualTo("[4,8]");
        assertThat(run.at("/metrics/keptOutLoss").doubleValue())
                .isLessThan(run.at("/metrics/baselineLoss").doubleValue() / 5);
        ModelRef ref = ModelRef.parse(run.at("/registered").stringValue());
        ModelVersion version = fleet.fleet().models().find(ref).orElseThrow();
        assertThat(version.state()).isEqualTo(ModelState.READY);
        assertThat(version.facts().dataset()).contains("tape@1");
        assertThat(version.facts().trainingJob().orElseThrow().id().value())
                .isEqualTo(run.at("/id").stringValue());
        operator()
                .put(
                        "/api/v1/models/so101/aliases/champion",
                        "{\"version\":" + ref.version() + ",\"reason\":\"first\"}");

        float[] observation = {-7.7f, -96, 99, 74.8f, -6.7f, 0.9f, -7.5f, -95, 98.5f, 75, -6.6f, 0.8f};
        InferenceAnswer answer = asked("so101", observation);

        double[] own = policy(run.at("/id").stringValue(), 8).action(doubles(observation));
        float[] said = answer.outputs().values().iterator().next().values();
        for (int i = 0; i < own.length; i++) {
            assertThat((double) said[i]).isCloseTo(own[i], within(1e-5 * Math.max(1, Math.abs(own[i]))));
        }
        assertThat(answer.model()).isEqualTo(ref);
        isAsDescribed(server(ServerUnderTest.VIEWER).get(TRAINING).json().get(0));
    }

    @Test
    void aCancelledRunStopsAndIsGoneOnWithFromItsLastCheckpoint() {
        Answer submitted = operator().post(TRAINING, """
                        {"trainer":"linear","dataset":"tape@1","model":"long","parameters":{"epochs":10000}}""");
        String path = submitted.header("Location");
        await().atMost(SOON).until(() -> !run(path).at("/checkpoints").isEmpty());
        assertThat(operator().send("POST", path + "/resume").status()).isEqualTo(409);

        assertThat(operator().send("POST", path + "/cancel").status()).isEqualTo(200);

        await().atMost(Duration.ofSeconds(2))
                .until(() -> run(path).at("/state").stringValue().equals("CANCELLED"));
        Answer resumed = operator().send("POST", path + "/resume");
        assertThat(resumed.status()).as(resumed.body()).isEqualTo(201);
        assertThat(resumed.json().at("/from/epoch").intValue())
                .isGreaterThanOrEqualTo(run(path).at("/checkpoints/0").intValue());
        String further = resumed.header("Location");
        await().atMost(SOON).until(() -> !run(further).at("/curve").isEmpty());
        assertThat(run(further).at("/curve/0/epoch").intValue())
                .isGreaterThan(resumed.json().at("/from/epoch").intValue());
        isAsDescribed(run(further));
        operator().send("POST", further + "/cancel");
        ended(further);
    }

    @Test
    void whatCannotBeTrainedIsRefusedBeforeItIsQueued() {
        new DatasetStore(blobs).upload(new DatasetRef("damaged", "1"), ARM);
        BlobEntry one =
                blobs.list(StorageLayout.DATASETS, "damaged/files/").findFirst().orElseThrow();
        blobs.upload(BlobRef.of(StorageLayout.DATASETS, one.key()), BlobSource.of("something else"));

        assertThat(refusal("{\"trainer\":\"linear\",\"dataset\":\"damaged@1\",\"model\":\"m\"}", 400))
                .contains("must be as it was uploaded");
        assertThat(refusal("{\"trainer\":\"linear\",\"dataset\":\"tape@2\",\"model\":\"m\"}", 404))
                .contains("tape@2");
        assertThat(refusal("{\"dataset\":\"tape@1\",\"model\":\"m\"}", 400)).contains("trainer");
        assertThat(refusal("{\"trainer\":\"linear\",\"dataset\":\"tape@1\"}", 400))
                .contains("model");
        assertThat(refusal("{\"trainer\":\"linear\",\"dataset\":\"tape@1\",\"model\":\"m\",\"gpu\":1}", 400))
                .contains("gpu");
        assertThat(refusal(
                        "{\"task\":\"EXPORT\",\"trainer\":\"linear\",\"model\":\"m\",\"from\":{\"run\":\"x\",\"epoch\":1}}",
                        404))
                .contains("x@1");
        assertThat(server(ServerUnderTest.VIEWER).get(TRAINING + "/none").status())
                .isEqualTo(404);
    }

    @Test
    void aDatasetGoesOutAsAnArchiveAndComesInAsAnotherVersion() throws Exception {
        String tape = "/api/v1/datasets/tape/versions/";
        byte[] archive = bytes("GET", tape + "1/archive", new byte[0], 200);

        bytes("PUT", tape + "2", archive, 201);

        DatasetStore datasets = new DatasetStore(blobs);
        assertThat(datasets.verify(new DatasetRef("tape", "2")).files())
                .isEqualTo(
                        datasets.find(new DatasetRef("tape", "1")).orElseThrow().files());
        JsonNode shown = server(ServerUnderTest.VIEWER).get(tape + "2").json();
        assertThat(shown.at("/frames").intValue()).isEqualTo(3591);
        isAsDescribed(shown, "Dataset");
        JsonNode all = server(ServerUnderTest.VIEWER).get("/api/v1/datasets").json();
        assertThat(all.toString()).contains("{\"name\":\"tape\",\"versions\":[\"1\",\"2\"]}");
        isAsDescribed(all.get(0), "DatasetVersions");
        bytes("PUT", tape + "2", archive, 409);
        bytes("PUT", tape + "3", Arrays.copyOf(archive, archive.length / 2), 400);
        bytes("PUT", tape + "3", "no archive".getBytes(StandardCharsets.UTF_8), 400);
        bytes("PUT", tape + "3", archiveWith("../../outside"), 400);
        bytes("PUT", tape + "3", archiveWith("meta/info.json"), 400);
        assertThat(datasets.find(new DatasetRef("tape", "3"))).isEmpty();
    }

    private static byte[] archiveWith(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write('{');
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(String method, String path, byte[] body, int status) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .header("Authorization", "Bearer " + ServerUnderTest.OPERATOR)
                .method(method, HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        HttpResponse<byte[]> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofByteArray());
        assertThat(answer.statusCode())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(status);
        return answer.body();
    }

    private static String refusal(String submission, int status) {
        Answer answer = operator().post(TRAINING, submission);
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        return answer.body();
    }

    private static InferenceAnswer asked(String model, float[] observation) {
        RegisteredModels models = new RegisteredModels(
                fleet.fleet().models(),
                new ModelStore(blobs, fleet.fleet().models(), Clock.systemUTC()),
                ModelKeys.trusting(Set.of(signer.key()), Clock.systemUTC()),
                directory.resolve("models"),
                Clock.systemUTC());
        try (InferenceWorker inference =
                InferenceWorker.start(fleet.fleet().inference(), models, new SimpleMeterRegistry())) {
            return fleet.fleet()
                    .inference()
                    .infer(
                            RobotId.of("RB-1"),
                            new InferenceRequest(
                                    model, Map.of("observation", Tensor.row(observation)), Duration.ofSeconds(30)));
        }
    }

    private static LinearPolicy policy(String run, int epoch) {
        Path file = directory.resolve("checkpoint");
        new CheckpointStore(blobs).fetch(run, epoch, file);
        return JsonMapper.shared().readValue(file.toFile(), LinearPolicy.class);
    }

    private static double[] doubles(float[] singles) {
        double[] doubles = new double[singles.length];
        for (int i = 0; i < singles.length; i++) {
            doubles[i] = singles[i];
        }
        return doubles;
    }

    private static JsonNode ended(String path) {
        await().atMost(SOON)
                .until(() -> List.of("SUCCEEDED", "FAILED", "CANCELLED")
                        .contains(run(path).at("/state").stringValue()));
        return run(path);
    }

    private static JsonNode run(String path) {
        return server(ServerUnderTest.VIEWER).get(path).json();
    }

    private static Caller operator() {
        return server(ServerUnderTest.OPERATOR);
    }

    private static Caller server(String token) {
        return new Caller(server.port(), token);
    }

    private static void isAsDescribed(JsonNode run) {
        isAsDescribed(run, "TrainingRun");
    }

    private static void isAsDescribed(JsonNode shown, String name) {
        String here = "https://fleet.example/openapi.json";
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
                SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(
                        Map.of(here, fleet.nobody().get("/openapi.json").body())));
        Schema schema = registry.getSchema(SchemaLocation.of(here + "#/components/schemas/" + name));
        assertThat(schema.validate(shown)).as(shown.toString()).isEmpty();
    }
}
