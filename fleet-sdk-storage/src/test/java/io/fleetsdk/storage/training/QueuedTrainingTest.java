package io.fleetsdk.storage.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.ConflictException;
import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.testing.FleetExtension;
import io.fleetsdk.testing.NatsServer;
import io.fleetsdk.training.CheckpointRef;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingResult;
import io.fleetsdk.training.TrainingRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** On a real broker; each test has a queue of its own. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class QueuedTrainingTest {
    @RegisterExtension
    static final FleetExtension fleets = FleetExtension.connecting(url -> NatsFleet.provision(NatsOptions.of(url)));

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private FileStores stores;
    private JobQueue queue;
    private QueuedTraining training;

    @BeforeEach
    void ofItsOwn(Fleet fleet, TestInfo test) throws IOException {
        stores = new FileStores(directory.resolve("stores"));
        stores.addDataset("three", 3);
        String name = test.getTestMethod().orElseThrow().getName();
        queue = fleet.jobs()
                .define(JobQueueSpec.of(name.substring(0, Math.min(60, name.length())))
                        .withHeartbeatTimeout(Duration.ofSeconds(1)));
        training = QueuedTraining.on(queue, stores);
    }

    @Test
    void aRunLearnsKeepsCheckpointsAndItsLogAndRegistersAModel() throws IOException {
        try (JobWorker worker = worker(CountingTrainer.quick())) {
            TrainingRun submitted = training.submit(finetune(7));
            assertThat(submitted.request()).isEqualTo(finetune(7));

            TrainingRun run = ended(submitted.id());

            assertThat(run.state()).isEqualTo(JobState.SUCCEEDED);
            assertThat(run.curve().epochs()).extracting(EpochReport::epoch).containsExactly(1, 2, 3, 4, 5, 6, 7);
            assertThat(run.curve().epochs().get(6).loss()).isEqualTo(1.0 / 21);
            assertThat(run.checkpoints()).containsExactly(2, 4, 6, 7);
            assertThat(run.fraction()).isEqualTo(1);
            assertThat(run.result())
                    .contains(new TrainingResult(Map.of("sum", 21.0), Optional.of(new ModelRef("counter", 1))));
            assertThat(stores.models("counter")).singleElement().asString().isNotEmpty();
            assertThat(text(stores.log(run.id(), 1)).lines())
                    .hasSize(7)
                    .last()
                    .asString()
                    .endsWith(" sum 21");
            assertThat(training.list(10)).containsExactly(run);
            assertThat(attemptDirectories()).isEmpty();
        }
    }

    @Test
    void aDatasetThatIsNotThereOrNotWholeIsRefusedBeforeAnythingIsQueued() throws IOException {
        stores.addDataset("damaged", 3);
        Files.delete(directory.resolve("stores/datasets/damaged/number"));

        assertThatThrownBy(() -> training.submit(
                        TrainingRequest.finetune("counting", "four", "m").build()))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> training.submit(
                        TrainingRequest.finetune("counting", "damaged", "m").build()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() ->
                        training.submit(TrainingRequest.export("counting", "m", new CheckpointRef(JobId.of("none"), 1))
                                .build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("none@1");
        assertThat(training.list(10)).isEmpty();
    }

    @Test
    void whatNoOtherAttemptCanMendFailsAtOnce() {
        try (JobWorker worker = worker(CountingTrainer.quick())) {
            TrainingRun unknown = training.submit(
                    TrainingRequest.finetune("hoping", "three", "counter").build());
            TrainingRun wrong = training.submit(
                    TrainingRequest.finetune("counting", "three", "counter").build());

            assertThat(ended(unknown.id()).error().orElseThrow().message())
                    .contains("trainer 'hoping' must be one of [counting]");
            assertThat(ended(wrong.id()).error().orElseThrow().message()).contains("epochs 'missing' is required");
            assertThat(ended(wrong.id()).attempts()).isEqualTo(1);
        }
    }

    @Test
    void cancellingStopsTheWorkWithinTwoSecondsAndResumingGoesOnFromTheLastCheckpoint() {
        TrainingRun cancelled;
        try (JobWorker worker = worker(CountingTrainer.stuckAfter(5))) {
            cancelled = training.submit(finetune(8));
            reached(cancelled.id(), run -> run.curve().epochs().size() == 5);
            assertThatThrownBy(() -> training.resume(cancelled.id())).isInstanceOf(ConflictException.class);

            training.cancel(cancelled.id());

            await().atMost(Duration.ofSeconds(2))
                    .until(() -> run(cancelled.id()).state() == JobState.CANCELLED);
        }
        try (JobWorker worker = worker(CountingTrainer.quick())) {
            TrainingRun resumed = training.resume(cancelled.id());

            assertThat(resumed.request().from()).contains(new CheckpointRef(cancelled.id(), 4));
            TrainingRun ended = ended(resumed.id());
            assertThat(ended.curve().epochs()).extracting(EpochReport::epoch).containsExactly(5, 6, 7, 8);
            assertThat(ended.result().orElseThrow().metrics()).containsEntry("sum", 24.0);
        }
    }

    @Test
    void aKilledWorkersRunGoesOnFromItsLastCheckpointOnAnotherWorker(NatsServer server)
            throws IOException, InterruptedException {
        Process doomed = doomedWorker(server.url(), queue.name());
        TrainingRun run = training.submit(finetune(8));
        reached(run.id(), r -> r.curve().epochs().size() == 5);

        doomed.destroyForcibly().waitFor();
        try (JobWorker worker = worker(CountingTrainer.quick())) {
            TrainingRun ended = ended(run.id());

            assertThat(ended.attempts()).isEqualTo(2);
            assertThat(text(stores.log(run.id(), 2)).lines())
                    .hasSize(4)
                    .first()
                    .asString()
                    .endsWith(" sum 15");
            assertThat(ended.curve().epochs()).extracting(EpochReport::epoch).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
            assertThat(ended.checkpoints()).containsExactly(2, 4, 6, 8);
            assertThat(ended.result().orElseThrow().metrics()).containsEntry("sum", 24.0);
            assertThat(stores.models("counter")).hasSize(1);
        }
    }

    @Test
    void aCheckpointOfOneRunIsMeasuredAndExportedByOthers() throws IOException {
        try (JobWorker worker = worker(CountingTrainer.quick())) {
            TrainingRun learned = ended(training.submit(finetune(5)).id());
            CheckpointRef fourth = new CheckpointRef(learned.id(), 4);

            TrainingRun measured = ended(training.submit(TrainingRequest.evaluate("counting", "three", fourth)
                            .parameters(JsonObject.of("epochs", 9))
                            .build())
                    .id());
            TrainingRun exported = ended(training.submit(
                            TrainingRequest.export("counting", "small", fourth)
                                    .parameters(JsonObject.of("epochs", 9))
                                    .build(),
                            JobOptions.builder().id("export-1").build())
                    .id());

            assertThat(measured.result()).contains(new TrainingResult(Map.of("sum", 12.0), Optional.empty()));
            assertThat(exported.id()).isEqualTo(JobId.of("export-1"));
            assertThat(stores.models("small"))
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent("12"));
        }
    }

    private static TrainingRequest finetune(int epochs) {
        return TrainingRequest.finetune("counting", "three", "counter")
                .parameters(JsonObject.of("epochs", epochs))
                .checkpointEvery(2)
                .embodiments(List.of("abacus"))
                .build();
    }

    private JobWorker worker(CountingTrainer trainer) {
        return training.start(TrainingWorkerOptions.of(directory.resolve("attempts"), trainer));
    }

    private Process doomedWorker(String url, String queueName) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        StuckWorkerMain.class.getName(),
                        url,
                        queueName,
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("doomed.log").toFile())
                .start();
    }

    private TrainingRun run(JobId id) {
        return training.find(id).orElseThrow();
    }

    private TrainingRun ended(JobId id) {
        return reached(id, run -> run.state().isFinal());
    }

    private TrainingRun reached(JobId id, Predicate<TrainingRun> where) {
        await().atMost(SOON).until(() -> where.test(run(id)));
        return run(id);
    }

    private List<Path> attemptDirectories() throws IOException {
        try (Stream<Path> attempts = Files.list(directory.resolve("attempts"))) {
            return attempts.toList();
        }
    }

    private static String text(Path gzip) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(gzip))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
