package io.fleetsdk.benchmarks;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.dataset.DatasetRef;
import io.fleetsdk.storage.dataset.DatasetStore;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.storage.training.QueuedTraining;
import io.fleetsdk.storage.training.StoredTraining;
import io.fleetsdk.storage.training.TrainingWorkerOptions;
import io.fleetsdk.testing.ObjectServer;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingRun;
import io.fleetsdk.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a run costs beside the trainer that does it. */
final class TrainingOverhead {
    private static final DatasetRef DATASET = new DatasetRef("numbers", "1");
    private static final int DATASET_BYTES = 10 << 20;
    private static final int CHECKPOINT_EVERY = 10;
    private static final int MOST_TURNS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Effort effort;
    private final ArithmeticTrainer trainer;
    private final List<Long> direct = new ArrayList<>();
    private final List<Long> asRun = new ArrayList<>();

    TrainingOverhead(Effort effort) {
        this.effort = effort;
        this.trainer = new ArithmeticTrainer(epochs(effort));
    }

    private static int epochs(Effort effort) {
        return effort.trips() / 16;
    }

    /** A run takes so long that more would not be bearable. */
    private int turns() {
        return Math.min(MOST_TURNS, effort.rounds());
    }

    Section measure() throws Exception {
        try (Testbed testbed = Testbed.withTopology(Sync.DEFAULT);
                ObjectServer objects = ObjectServer.builder().ownProcess().start();
                S3BlobStore blobs = S3BlobStore.connect(S3Options.of(
                        objects.endpoint(), S3Credentials.keys(objects.accessKey(), objects.secretKey())))) {
            blobs.buckets().apply(StorageLayout.defaults());
            Path dataset = dataset(testbed.directory());
            new DatasetStore(blobs).upload(DATASET, dataset);
            Fleet fleet = testbed.fleet();
            QueuedTraining training = QueuedTraining.on(
                    fleet, new StoredTraining(blobs, fleet.models(), Optional.empty(), Clock.systemUTC()));
            try (JobWorker worker = training.start(TrainingWorkerOptions.of(testbed.directory(), trainer))) {
                takeTurns(fleet, training, new DirectTraining(dataset, testbed.directory(), CHECKPOINT_EVERY));
            }
        }
        return section();
    }

    private void takeTurns(Fleet fleet, QueuedTraining training, DirectTraining bare) throws IOException {
        for (int turn = 0; turn <= turns(); turn++) {
            long byItself = nanos(() -> trainer.run(bare));
            long byTheService = nanos(() -> run(fleet, training));
            if (turn > 0) {
                direct.add(byItself);
                asRun.add(byTheService);
            }
        }
    }

    /** Something that may fail. */
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private static long nanos(Work work) throws IOException {
        long begin = System.nanoTime();
        work.run();
        return System.nanoTime() - begin;
    }

    /** From the submission until its end is known. */
    private void run(Fleet fleet, QueuedTraining training) {
        TrainingRun run = training.submit(TrainingRequest.finetune(trainer.name(), DATASET.toString(), "numbers")
                .checkpointEvery(CHECKPOINT_EVERY)
                .build());
        fleet.jobs()
                .queue(JobClient.TRAINING)
                .find(JobType.untyped(TrainingTask.FINETUNE.jobType()), run.id())
                .orElseThrow()
                .await(PATIENCE)
                .result();
    }

    private static Path dataset(Path directory) throws IOException {
        Files.createDirectories(directory.resolve("data/chunk-000"));
        Files.createDirectories(directory.resolve("meta"));
        Files.writeString(
                directory.resolve("meta/info.json"),
                "{\"codebase_version\":\"v2.1\",\"total_episodes\":1,\"total_frames\":1}");
        Files.write(directory.resolve("data/chunk-000/episode_000000.parquet"), new byte[DATASET_BYTES]);
        return directory;
    }

    private Section section() {
        Section section = new Section(
                "Training",
                epochs(effort) + " epochs of arithmetic with a checkpoint of 1 MiB every " + CHECKPOINT_EVERY
                        + " and a dataset of 10 MiB, called directly and as a run: from the submission, which reads the"
                        + " dataset through, until the end is known. Medians of " + turns()
                        + " turns; the store is the embedded one, in a process of its own.",
                "",
                "s",
                "times the trainer alone",
                "target");
        double alone = median(direct);
        section.row("the trainer, called directly", Section.number(alone), "", "");
        section.row("a run of the service", Section.number(median(asRun)), times(median(asRun), alone), "≤ 1.02");
        return section;
    }

    private static String times(double value, double other) {
        return String.format(Locale.ROOT, "%.3f", value / other);
    }

    private static double median(List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2) / 1e9;
    }
}
