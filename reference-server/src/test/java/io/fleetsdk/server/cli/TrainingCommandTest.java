package io.fleetsdk.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetsdk.Fleet;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.testing.NatsServer;
import io.fleetsdk.testing.ObjectServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands as they are typed, against a real broker and a real store. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class TrainingCommandTest {
    private static final NatsServer BROKER = NatsServer.start();
    private static final ObjectServer OBJECTS = ObjectServer.start();
    private static final Fleet FLEET = NatsFleet.provision(NatsOptions.builder()
            .server(BROKER.url())
            .topology(FleetTopology.defaults().withByteBudget(1L << 30))
            .build());
    private static final Path ARM = Path.of("../../shared/data/lerobot/so101_pick_place_tape");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The properties are those of the AWS tools. */
    @BeforeAll
    static void aStore() {
        System.setProperty("aws.accessKeyId", OBJECTS.accessKey());
        System.setProperty("aws.secretAccessKey", OBJECTS.secretKey());
        S3Credentials credentials = S3Credentials.keys(OBJECTS.accessKey(), OBJECTS.secretKey());
        try (S3BlobStore blobs = S3BlobStore.connect(S3Options.of(OBJECTS.endpoint(), credentials))) {
            blobs.buckets().apply(StorageLayout.defaults());
        }
    }

    @AfterAll
    static void end() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        FLEET.close();
        OBJECTS.close();
        BROKER.close();
    }

    @Test
    void recordingsAreUploadedTrainedOnByAWorkerAndTheRunIsShown() throws InterruptedException {
        assumeTrue(Files.isDirectory(ARM), "../shared/data/lerobot is not here");
        Path key = directory.resolve("release.nk");
        assertThat(fleet("model", "keygen", key.toString())).isZero();
        assertThat(fleet(stored("upload", "tape@1", ARM.toString())))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("tape@1: 12 episodes, 3591 frames, 15 files");
        Thread worker = new Thread(() -> FleetMain.commandLine()
                .execute(training(stored("work", "--key", key.toString(), "--directory", directory.toString()))));
        worker.start();

        int code = fleet(stored(
                "submit",
                "--trainer",
                "linear",
                "--dataset",
                "tape@1",
                "--model",
                "arm",
                "--id",
                "first",
                "--for",
                "so101",
                "--parameters",
                "{\"epochs\":4}",
                "--checkpoint-every",
                "2",
                "--wait"));

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString())
                .contains("state      SUCCEEDED", "epoch           4  loss", "kept       [2, 4]", "registered arm:1");
        ModelVersion version = FLEET.models().find(new ModelRef("arm", 1)).orElseThrow();
        assertThat(version.state()).isEqualTo(ModelState.READY);
        assertThat(fleet("training", "list", "--nats", BROKER.url())).isZero();
        assertThat(out.toString()).contains("first", "finetune", "100%");
        assertThat(fleet("training", "show", "first", "--json", "--nats", BROKER.url()))
                .isZero();
        assertThat(out.toString()).contains("\"registered\":\"arm:1\"");
        assertThat(fleet("training", "cancel", "first", "--nats", BROKER.url())).isEqualTo(2);
        assertThat(fleet(stored("resume", "first"))).as(err.toString()).isZero();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> FLEET.models().versions("arm").size() == 2);
        worker.interrupt();
        worker.join();
    }

    @Test
    void wrongUseIsOneLineAndExitCode2() {
        assertThat(fleet(stored("submit", "--trainer", "linear", "--dataset", "none@1", "--model", "m")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no dataset none@1");
        assertThat(fleet(stored("submit", "--trainer", "linear", "--dataset", "tape", "--model", "m")))
                .isEqualTo(2);
        assertThat(fleet(stored("submit", "--trainer", "linear", "--model", "m")))
                .isEqualTo(2);
        assertThat(fleet(stored("submit", "--trainer", "linear", "--model", "m", "--task", "export", "--from", "x")))
                .isEqualTo(2);
        assertThat(fleet("training", "show", "nobody", "--nats", BROKER.url())).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(5).allMatch(line -> line.startsWith("fleet: "));
    }

    private int fleet(String... words) {
        boolean whole = words[0].equals("model") || words[0].equals("training");
        return FleetMain.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(whole ? words : training(words));
    }

    private static String[] training(String... words) {
        List<String> all = new ArrayList<>(List.of("training"));
        all.addAll(List.of(words));
        return all.toArray(String[]::new);
    }

    private static String[] stored(String... words) {
        List<String> all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--nats", BROKER.url(), "--s3", OBJECTS.endpoint().toString()));
        return all.toArray(String[]::new);
    }
}
