package io.fleetsdk.server.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobCancelledException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.TrainingOutput;
import io.fleetsdk.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** On the recordings of a real arm: twelve episodes, of which the fourth, eighth and twelfth are kept out. */
class LinearTrainerTest {
    private static final Path DATA = Path.of("../../shared/data/lerobot");
    private static final Path ARM = DATA.resolve("so101_pick_place_tape");

    private final LinearTrainer trainer = new LinearTrainer();

    @TempDir
    Path directory;

    @BeforeEach
    void isThere() {
        assumeTrue(Files.isDirectory(ARM), "../shared/data/lerobot is not here");
    }

    @Test
    void itSaysTheActionsOfUnseenEpisodesFarBetterThanRepeatingTheState() throws IOException {
        Attempt attempt = finetune(JsonObject.of("epochs", 15));

        Map<String, Double> measured = trainer.run(attempt).metrics();

        assertThat(measured.get("baselineLoss")).isCloseTo(23.896, within(0.001));
        assertThat(measured.get("keptOutLoss")).isLessThan(3);
    }

    @Test
    void theLossOfEveryEpochIsReportedAndFalls() throws IOException {
        Attempt attempt = finetune(JsonObject.of("epochs", 6));

        trainer.run(attempt);

        assertThat(attempt.reports).extracting(EpochReport::epoch).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(attempt.reports).extracting(EpochReport::loss).isSortedAccordingTo((a, b) -> Double.compare(b, a));
        assertThat(attempt.reports)
                .allSatisfy(report -> assertThat(report.metrics()).containsOnlyKeys("keptOutLoss", "baselineLoss"));
        assertThat(attempt.lines).hasSize(6);
    }

    @Test
    void aModelThatSeesTheLastStateOnlyIsHonestlyWorse() throws IOException {
        TrainingOutput blind = trainer.run(finetune(JsonObject.of("history", 0, "epochs", 5)));

        assertThat(blind.metrics())
                .hasEntrySatisfying("keptOutLoss", loss -> assertThat(loss).isBetween(10.0, 23.0));
    }

    @Test
    void onnxRuntimeGivesTheTrainersOwnPredictions() throws IOException, OrtException {
        Attempt attempt = finetune(JsonObject.of("epochs", 10));

        TrainingOutput output = trainer.run(attempt);

        LinearPolicy policy = policy(attempt.saved.get(attempt.saved.size() - 1));
        List<double[]> observations =
                Samples.of(policy.window(), LeRobotDataset.open(ARM).episodes()).observations();
        float[][] actions = inferred(output.model().orElseThrow(), observations);
        assertThat(actions).hasNumberOfRows(3591);
        assertThat(worst(policy, observations, actions)).isLessThan(1e-5);
    }

    @Test
    void aRunThatGoesOnFromACheckpointEndsWithTheSameModel() throws IOException {
        Attempt whole = finetune(JsonObject.of("epochs", 13));
        byte[] model = Files.readAllBytes(trainer.run(whole).model().orElseThrow());
        assertThat(whole.saved).extracting(SavedEpoch::epoch).containsExactly(5, 10, 13);

        Attempt rest = whole.from(whole.saved.get(0));
        TrainingOutput output = trainer.run(rest);

        assertThat(rest.reports).hasSize(8);
        assertThat(output.model().orElseThrow()).hasBinaryContent(model);
    }

    @Test
    void aCheckpointIsMeasuredAndExportedWithoutLearning() throws IOException {
        Attempt learned = finetune(JsonObject.of("epochs", 5));
        TrainingOutput output = trainer.run(learned);
        byte[] model = Files.readAllBytes(output.model().orElseThrow());
        SavedEpoch saved = learned.saved.get(0);

        TrainingOutput measured = trainer.run(
                attempt(TrainingTask.EVALUATE, ARM, JsonObject.empty()).from(saved));
        TrainingOutput exported = trainer.run(
                attempt(TrainingTask.EXPORT, ARM, JsonObject.empty()).from(saved));

        assertThat(measured.metrics()).isEqualTo(output.metrics());
        assertThat(measured.model()).isEmpty();
        assertThat(exported.model().orElseThrow()).hasBinaryContent(model);
    }

    @Test
    void itStopsBetweenEpochsWhenItIsTold() {
        Attempt attempt = finetune(JsonObject.of("epochs", 10_000)).cancelledAfter(3);

        assertThatThrownBy(() -> trainer.run(attempt)).isInstanceOf(JobCancelledException.class);

        assertThat(attempt.reports).hasSize(3);
    }

    @Test
    void aLossThatGrowsWithoutEndIsNoModel() {
        assertThatThrownBy(() -> trainer.run(finetune(JsonObject.of("learningRate", 1))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("learningRate '1.0' must be smaller");
    }

    @Test
    void parametersThatItDoesNotKnowAreRefusedByName() {
        assertThatThrownBy(() -> trainer.run(finetune(JsonObject.of("dropout", 0.5))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("dropout");
    }

    @Test
    void aCheckpointOfAnotherWindowIsRefused() throws IOException {
        Attempt learned = finetune(JsonObject.of("epochs", 1));
        trainer.run(learned);

        assertThatThrownBy(
                        () -> trainer.run(finetune(JsonObject.of("history", 2)).from(learned.saved.get(0))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("checkpoint");
    }

    @Test
    void aDatasetOfAnotherVersionIsRefused() {
        Path newer = DATA.resolve("so101_v30_meta_only");

        assertThatThrownBy(() -> trainer.run(attempt(TrainingTask.FINETUNE, newer, JsonObject.empty())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("codebase_version 'v3.0' must be v2.0 or v2.1");
    }

    @Test
    void aDatasetWithoutOneOfItsFilesIsRefused() throws IOException {
        Path copy = copyOfTheArm();
        Files.delete(copy.resolve("data/chunk-000/episode_000004.parquet"));

        assertThatThrownBy(() -> trainer.run(attempt(TrainingTask.FINETUNE, copy, JsonObject.empty())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("episode_000004.parquet");
    }

    @Test
    void aFileThatIsCutIsRefused() throws IOException {
        Path copy = copyOfTheArm();
        Path file = copy.resolve("data/chunk-000/episode_000004.parquet");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> trainer.run(attempt(TrainingTask.FINETUNE, copy, JsonObject.empty())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("episode_000004.parquet")
                .hasMessageContaining("must be a Parquet file");
    }

    /** A single float near 100 is known to 8e-6, so beyond 1 a difference counts relative to the value. */
    private static double worst(LinearPolicy policy, List<double[]> observations, float[][] actions) {
        double worst = 0;
        for (int frame = 0; frame < actions.length; frame++) {
            double[] own = policy.action(observations.get(frame));
            for (int i = 0; i < own.length; i++) {
                worst = Math.max(worst, Math.abs(actions[frame][i] - own[i]) / Math.max(1, Math.abs(own[i])));
            }
        }
        return worst;
    }

    private static float[][] inferred(Path model, List<double[]> observations) throws OrtException {
        float[][] batch = observations.stream().map(LinearTrainerTest::singles).toArray(float[][]::new);
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(model.toString());
                OnnxTensor tensor = OnnxTensor.createTensor(environment, batch);
                OrtSession.Result result = session.run(Map.of("observation", tensor))) {
            return (float[][]) result.get("action").orElseThrow().getValue();
        }
    }

    private static float[] singles(double[] numbers) {
        float[] singles = new float[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            singles[i] = (float) numbers[i];
        }
        return singles;
    }

    private static LinearPolicy policy(SavedEpoch saved) {
        return JsonMapper.shared().readValue(saved.file().toFile(), LinearPolicy.class);
    }

    private Path copyOfTheArm() throws IOException {
        Path copy = directory.resolve("copy");
        try (Stream<Path> files = Files.walk(ARM)) {
            for (Path file : files.toList()) {
                Files.copy(file, copy.resolve(ARM.relativize(file).toString()));
            }
        }
        try (Stream<Path> files = Files.walk(copy)) {
            files.forEach(file -> file.toFile().setWritable(true));
        }
        return copy;
    }

    private Attempt finetune(JsonObject parameters) {
        return attempt(TrainingTask.FINETUNE, ARM, parameters);
    }

    private Attempt attempt(TrainingTask task, Path dataset, JsonObject parameters) {
        return Attempt.at(task, dataset, directory, parameters);
    }
}
