package io.fleetsdk.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.Fleet;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.server.SmallModel;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.testing.NatsServer;
import io.fleetsdk.testing.ObjectServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands as they are typed, against a real broker and a real store. */
class ModelCommandTest {
    private static final NatsServer BROKER = NatsServer.start();
    private static final ObjectServer OBJECTS = ObjectServer.start();
    private static final Fleet FLEET = NatsFleet.provision(NatsOptions.builder()
            .server(BROKER.url())
            .topology(FleetTopology.defaults().withByteBudget(1L << 30))
            .build());

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private String name = "";
    private Path key = Path.of("");
    private Path trusted = Path.of("");
    private Path file = Path.of("");

    /** The properties are those of the AWS tools. */
    @BeforeAll
    static void aStore() {
        System.setProperty("aws.accessKeyId", OBJECTS.accessKey());
        System.setProperty("aws.secretAccessKey", OBJECTS.secretKey());
        S3Credentials credentials = S3Credentials.keys(OBJECTS.accessKey(), OBJECTS.secretKey());
        try (S3BlobStore blobs = S3BlobStore.connect(S3Options.of(OBJECTS.endpoint(), credentials))) {
            blobs.buckets().apply(StorageLayout.of(StorageLayout.MODELS));
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

    @BeforeEach
    void aKeyAndAFile(TestInfo test) throws IOException {
        name = test.getTestMethod().orElseThrow().getName();
        key = directory.resolve("release.nk");
        trusted = directory.resolve("trusted");
        assertThat(fleet("keygen", key.toString())).isZero();
        Files.writeString(trusted, out.toString());
        file = Files.write(directory.resolve("small.onnx"), SmallModel.onnx(name));
        out.getBuffer().setLength(0);
    }

    @Test
    void aModelIsPushedShownVerifiedAndPulled() {
        assertThat(fleet(store(
                        "push",
                        name,
                        file.toString(),
                        "--key",
                        key.toString(),
                        "--for",
                        "g1",
                        "--metric",
                        "loss=0.5",
                        "--dataset",
                        "tape@1",
                        "--job",
                        "training/j1",
                        "--expires",
                        "2099-01-31T00:00:00Z")))
                .as(err.toString())
                .isZero();
        ModelVersion version = FLEET.models().find(new ModelRef(name, 1)).orElseThrow();
        assertThat(version.state()).isEqualTo(ModelState.READY);
        assertThat(out.toString())
                .contains(
                        "model      " + name + ":1",
                        "output     y float32",
                        "metric     loss=0.5",
                        "job        training/j1")
                .contains("expires    2099-01-31T00:00:00Z");

        assertThat(fleet("verify", name + ":1", "--trust", trusted.toString(), "--file", file.toString()))
                .isZero();
        Path copy = directory.resolve("copy.onnx");
        assertThat(fleet(store("pull", name + ":1", copy.toString(), "--trust", trusted.toString())))
                .as(err.toString())
                .isZero();
        assertThat(copy).hasSameBinaryContentAs(file);
    }

    @Test
    void whatIsNotTrustedIsExitCodeOneWithTheReason() throws IOException {
        push();
        Path other = directory.resolve("other.nk");
        fleet("keygen", other.toString());
        String stranger = out.toString().lines().reduce((first, last) -> last).orElseThrow();

        assertThat(fleet("verify", name + ":1", "--trust", trusted.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("is not trusted: nobody has signed it");
        assertThat(fleet("sign", name + ":1", "--key", key.toString())).isZero();
        assertThat(fleet("verify", name + ":1", "--trust-key", stranger)).isEqualTo(1);
        assertThat(out.toString()).contains("which is not trusted here");
        Path changed = Files.write(directory.resolve("changed.onnx"), SmallModel.onnx("changed"));
        assertThat(fleet("verify", name + ":1", "--trust", trusted.toString(), "--file", changed.toString()))
                .isEqualTo(1);
        assertThat(fleet("verify", name + ":1", "--trust", trusted.toString())).isZero();
    }

    @Test
    void aliasesArePointedAndRemembered() {
        push("--key", key.toString());
        push("--key", key.toString());

        assertThat(fleet("alias", "point", name + ":1", "champion", "--reason", "first"))
                .isZero();
        assertThat(fleet("alias", "point", name + ":2", "champion", "--reason", "late", "--if-move", "0"))
                .isEqualTo(2);
        assertThat(fleet("alias", "point", name + ":2", "champion", "--reason", "better", "--if-move", "1"))
                .isZero();
        assertThat(fleet("show", name + "@champion", "--json")).isZero();
        assertThat(out.toString()).contains("\"version\":2");
        assertThat(fleet("retire", name + ":2", "--reason", "old")).isEqualTo(2);
        assertThat(err.toString()).contains("@champion points at " + name + ":2; move it first");
        assertThat(fleet("alias", "clear", name, "champion", "--reason", "over"))
                .isZero();
        assertThat(fleet("retire", name + ":2", "--reason", "old")).isZero();
        assertThat(fleet("alias", "history", name, "champion")).isZero();
        assertThat(out.toString()).containsSubsequence("MOVE", "3", "nothing", "over", "2", "better", "1", "first");
    }

    @Test
    void modelsAndVersionsAreListed() {
        push("--for", "so-101");
        push("--key", key.toString(), "--metric", "reward=7");

        assertThat(fleet("list")).isZero();
        assertThat(out.toString()).contains("MODEL", name);
        assertThat(fleet("list", name, "--state", "ready")).isZero();
        assertThat(out.toString().lines().reduce((first, last) -> last).orElseThrow())
                .startsWith(name + ":2  ready")
                .endsWith("reward=7.0");
        assertThat(fleet("list", "--for", "so-101", "--text", name, "--json")).isZero();
        assertThat(out.toString()).contains("\"embodiments\":[\"so-101\"]");
        assertThat(fleet("show", name + ":9")).isEqualTo(2);
    }

    @Test
    void noCommandRepeatsASecret() throws IOException {
        String seed = Files.readString(key).strip();

        push("--key", key.toString());
        fleet("sign", name + ":1", "--key", key.toString());
        fleet("verify", name + ":1", "--trust-key", seed);
        fleet("keygen", key.toString());

        assertThat(out.toString() + err).doesNotContain(seed.substring(2)).doesNotContain(OBJECTS.secretKey());
        assertThat(err.toString()).contains("a key is not overwritten");
    }

    private void push(String... more) {
        String[] words = Stream.concat(Stream.of("push", name, file.toString()), Stream.of(more))
                .toArray(String[]::new);
        assertThat(fleet(store(words))).as(err.toString()).isZero();
    }

    private static String[] store(String... words) {
        return Stream.concat(
                        Stream.of(words), Stream.of("--s3", OBJECTS.endpoint().toString()))
                .toArray(String[]::new);
    }

    private int fleet(String... words) {
        CommandLine line =
                FleetMain.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        String[] all = Stream.concat(
                        Stream.of("model"),
                        Stream.concat(
                                Stream.of(words),
                                words[0].equals("keygen") ? Stream.of() : Stream.of("--nats", BROKER.url())))
                .toArray(String[]::new);
        return line.execute(all);
    }
}
