package io.fleetsdk.storage.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.CorruptBlobException;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.archive.RobotArchive;
import io.fleetsdk.storage.checkpoint.Checkpoint;
import io.fleetsdk.storage.checkpoint.CheckpointStore;
import io.fleetsdk.storage.checkpoint.Retention;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.testing.ObjectServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetStoresTest {
    private static final ObjectServer server = ObjectServer.start();
    private static final S3BlobStore store = S3BlobStore.connect(
            S3Options.of(server.endpoint(), S3Credentials.keys(server.accessKey(), server.secretKey())));

    private final DatasetStore datasets = new DatasetStore(store);
    private final CheckpointStore checkpoints = new CheckpointStore(store);
    private final DatasetRef ref = new DatasetRef("pick-" + UUID.randomUUID(), "1");

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void makeBuckets() {
        store.buckets().apply(StorageLayout.defaults());
    }

    @AfterAll
    static void stop() {
        store.close();
        server.close();
    }

    @Test
    void aDatasetComesBackFileByFile() throws IOException {
        Path source = dataset(3);
        DatasetManifest manifest = datasets.upload(ref, source);
        assertThat(manifest.episodes()).isEqualTo(3);
        assertThat(manifest.files())
                .extracting(DatasetManifest.File::path)
                .contains("meta/info.json")
                .hasSize(4);
        assertThat(datasets.find(ref)).contains(manifest);
        assertThat(datasets.verify(ref)).isEqualTo(manifest);
        Path target = directory.resolve("target");
        datasets.download(ref, target);
        for (DatasetManifest.File file : manifest.files()) {
            assertThat(target.resolve(file.path())).hasSameBinaryContentAs(source.resolve(file.path()));
        }
        try (var content = datasets.open(ref, "meta/info.json")) {
            assertThat(content.readAll()).isEqualTo(Files.readAllBytes(source.resolve("meta/info.json")));
        }
    }

    @Test
    void aVersionNeverChangesAndSharesItsFilesWithTheNext() throws IOException {
        Path source = dataset(3);
        datasets.upload(ref, source);
        assertThatThrownBy(() -> datasets.upload(ref, source)).isInstanceOf(ConflictException.class);
        DatasetRef next = new DatasetRef(ref.name(), "2");
        datasets.upload(next, dataset(4));
        assertThat(datasets.versions(ref.name())).containsExactly(ref, next);
        assertThat(datasets.names()).contains(ref.name());
        assertThat(store.list(StorageLayout.DATASETS, ref.name() + "/files/")).hasSize(6);
    }

    @Test
    void whatIsNotAWholeDatasetIsRefusedAndLeavesNoVersion() throws IOException {
        Path source = dataset(3);
        Files.delete(source.resolve("data/chunk-000/episode_000001.parquet"));
        assertThatThrownBy(() -> datasets.upload(ref, source))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("3 episodes")
                .hasMessageContaining("found: 2");
        assertThatThrownBy(() -> datasets.upload(ref, directory)).hasMessageContaining("meta/info.json");
        assertThat(datasets.find(ref)).isEmpty();
        assertThatThrownBy(() -> datasets.verify(ref)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aFileThatRottedOrWentIsFound() throws IOException {
        DatasetManifest manifest = datasets.upload(ref, dataset(2));
        DatasetManifest.File file = manifest.files().get(0);
        Path kept = server.dataDirectory()
                .resolve(StorageLayout.DATASETS)
                .resolve(ref.name())
                .resolve("files")
                .resolve(file.digest().hex());
        byte[] bytes = Files.readAllBytes(kept);
        bytes[0]++;
        Files.write(kept, bytes, StandardOpenOption.TRUNCATE_EXISTING);
        assertThatThrownBy(() -> datasets.verify(ref)).isInstanceOf(CorruptBlobException.class);
        assertThatThrownBy(() -> datasets.download(ref, directory.resolve("target")))
                .isInstanceOf(CorruptBlobException.class);
        assertThat(directory.resolve("target").resolve(file.path())).doesNotExist();
        Files.delete(kept);
        assertThatThrownBy(() -> datasets.verify(ref)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void recordedArmDataIsADataset() {
        Path recorded = Path.of("../../shared/data/lerobot/so101_pick_place_tape");
        assumeThat(recorded).as("recorded data").isDirectory();
        assertThat(datasets.upload(ref, recorded).frames()).isEqualTo(3591);
        assertThat(datasets.verify(ref).format()).isEqualTo("v2.1");
    }

    @Test
    void aDatasetIsNamedByNameAndVersion() {
        assertThat(DatasetRef.parse("pick-place@3")).isEqualTo(new DatasetRef("pick-place", "3"));
        assertThat(DatasetRef.parse("pick-place@3")).hasToString("pick-place@3");
        for (String wrong : List.of("pick-place", "a@b@c", "../x@1", "a@")) {
            assertThatThrownBy(() -> DatasetRef.parse(wrong)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void checkpointsAreKeptByEpochAndTheNewestIsFound() {
        String run = "arm/" + UUID.randomUUID();
        for (int epoch : List.of(2, 10, 100_000)) {
            checkpoints.keep(run, epoch, BlobSource.of("epoch " + epoch), Map.of("loss", 1.0 / epoch));
        }
        assertThat(checkpoints.list(run)).extracting(Checkpoint::epoch).containsExactly(2, 10, 100_000);
        assertThat(checkpoints.newest(run)).map(Checkpoint::epoch).contains(100_000);
        assertThat(checkpoints.newest("arm/other")).isEmpty();
        Checkpoint tenth = checkpoints.find(run, 10).orElseThrow();
        assertThat(tenth.ref().key()).isEqualTo(run + "/epoch-00010.pt");
        assertThat(store.head(tenth.ref()).orElseThrow().metadata()).containsEntry("loss", "0.1");
        checkpoints.fetch(run, 10, directory.resolve("checkpoint"));
        assertThat(directory.resolve("checkpoint")).hasContent("epoch 10");
    }

    @Test
    void aCheckpointThatIsThereStays() {
        String run = "arm/" + UUID.randomUUID();
        Checkpoint first = checkpoints.keep(run, 1, BlobSource.of("first"), Map.of());
        Checkpoint again = checkpoints.keep(run, 1, BlobSource.of("again"), Map.of());
        assertThat(again.ref()).isEqualTo(first.ref());
        checkpoints.fetch(run, 1, directory.resolve("checkpoint"));
        assertThat(directory.resolve("checkpoint")).hasContent("first");
    }

    @Test
    void whatIsNotRetainedIsDeleted() {
        String run = "arm/" + UUID.randomUUID();
        for (int epoch = 1; epoch <= 10; epoch++) {
            checkpoints.keep(run, epoch, BlobSource.of("x"), Map.of());
        }
        assertThat(checkpoints.prune(run, Retention.newest(2).andEvery(4)))
                .extracting(Checkpoint::epoch)
                .containsExactly(1, 2, 3, 5, 6, 7);
        assertThat(checkpoints.list(run)).extracting(Checkpoint::epoch).containsExactly(4, 8, 9, 10);
    }

    @Test
    void logsAreCompressedByRobotAndDay() throws IOException {
        RobotArchive logs = RobotArchive.ofLogs(store);
        RobotId robot = RobotId.of("RB-1");
        logs.keep(robot, "motor", Instant.parse("2026-01-31T23:59:59.5Z"), BlobSource.of("hot\n".repeat(1_000)));
        logs.keep(robot, "motor", Instant.parse("2026-02-01T00:00:00Z"), BlobSource.of("cold"));
        List<BlobEntry> found = logs.list(robot, LocalDate.parse("2026-01-31")).toList();
        assertThat(found)
                .extracting(BlobEntry::key)
                .containsExactly("RB-1/2026-01-31/motor-2026-01-31T23-59-59-500Z.log.gz");
        assertThat(found.get(0).size()).isLessThan(1_000);
        try (InputStream in = logs.open(found.get(0).ref())) {
            assertThat(in).hasContent("hot\n".repeat(1_000));
        }
        RobotArchive telemetry = RobotArchive.ofTelemetry(store);
        assertThat(telemetry
                        .keep(robot, "pose", Instant.EPOCH, BlobSource.of("{}"))
                        .ref())
                .hasToString("telemetry-archives/RB-1/1970-01-01/pose-1970-01-01T00-00-00-000Z.jsonl.gz");
    }

    private Path dataset(int episodes) throws IOException {
        Path root = directory.resolve("set-" + episodes);
        Files.createDirectories(root.resolve("meta"));
        Files.createDirectories(root.resolve("data/chunk-000"));
        Files.writeString(
                root.resolve("meta/info.json"),
                "{\"codebase_version\": \"v2.1\", \"total_episodes\": " + episodes + ", \"total_frames\": 7}");
        for (int episode = 0; episode < episodes; episode++) {
            Files.writeString(
                    root.resolve("data/chunk-000/episode_00000" + episode + ".parquet"), "episode " + episode);
        }
        Files.writeString(root.resolve(".hidden"), "not data");
        return root;
    }
}
