package io.fleetsdk.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobCapability;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.CorruptBlobException;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.storage.PresignedUrl;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.UploadOptions;
import io.fleetsdk.testing.ObjectServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkGlobalTime;

/** Servers that die, lines that fall silent, clocks that are wrong: a clear error or a success, and nothing half there. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3FaultsTest {
    private static final String BUCKET = "faults";
    private static final Set<BlobCapability> KNOWN =
            EnumSet.of(BlobCapability.CREATE_ONLY, BlobCapability.PRESIGNED_URLS);
    private static final byte[] CONTENT = content(24 * 1024 * 1024 + 3);

    private static final ObjectServer server =
            ObjectServer.builder().ownProcess().start();
    private static final S3BlobStore store = S3BlobStore.connect(
            TestStore.options(server, server.endpoint()).capabilities(KNOWN).build());

    private final BlobRef ref = BlobRef.of(BUCKET, "t-" + UUID.randomUUID() + "/a");

    @TempDir
    private Path directory = Path.of("");

    @BeforeAll
    static void makeABucket() {
        store.buckets().apply(StorageLayout.of(BUCKET));
    }

    @AfterAll
    static void stop() {
        store.close();
        server.close();
    }

    @Test
    void anUploadGoesOnWhenTheServerComesBack() {
        AtomicBoolean killed = new AtomicBoolean();
        UploadOptions killing = UploadOptions.builder()
                .createOnly()
                .progress((done, total) -> killOnce(killed))
                .build();
        Blob stored = store.upload(ref, BlobSource.of(CONTENT), killing);
        assertThat(killed).isTrue();
        assertThat(stored.digest()).contains(Digest.of(CONTENT));
        store.download(ref, directory.resolve("out"));
        assertThat(directory.resolve("out")).hasBinaryContent(CONTENT);
        assertThat(keys()).containsExactly(ref.key());
    }

    @Test
    void aDownloadGoesOnWhenTheServerComesBack() {
        store.upload(ref, BlobSource.of(CONTENT));
        AtomicBoolean killed = new AtomicBoolean();
        store.download(ref, directory.resolve("out"), (done, total) -> killOnce(killed));
        assertThat(killed).isTrue();
        assertThat(directory.resolve("out")).hasBinaryContent(CONTENT);
    }

    @Test
    void anUploadToAServerThatStaysAwayFailsAndShowsNothing() throws IOException {
        try (ObjectServer mortal = ObjectServer.builder().ownProcess().start();
                S3BlobStore impatient = impatient(mortal, mortal.endpoint().toString())) {
            impatient.buckets().apply(StorageLayout.of(BUCKET));
            UploadOptions killing = UploadOptions.builder()
                    .progress((done, total) -> mortal.kill())
                    .build();
            assertThatThrownBy(() -> impatient.upload(ref, BlobSource.of(CONTENT), killing))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining(ref.toString());
            assertThatThrownBy(() -> impatient.head(ref)).isInstanceOf(UnavailableException.class);
            mortal.restart();
            assertThat(impatient.exists(ref)).isFalse();
            assertThat(impatient.list(BUCKET, "")).isEmpty();
        }
    }

    @Test
    void aReplacedObjectStaysWholeWhenTheUploadFails() {
        store.upload(ref, BlobSource.of("old"));
        try (Line line = Line.to(server.endpoint());
                S3BlobStore impatient = impatient(server, line.address().toString())) {
            line.silentAfter(40);
            assertThatThrownBy(() -> impatient.upload(ref, BlobSource.of(CONTENT)))
                    .isInstanceOf(FleetException.class);
        }
        try (BlobContent content = store.open(ref)) {
            assertThat(content.readAll()).asString().isEqualTo("old");
        }
    }

    @Test
    void aLineThatFallsSilentIsGivenUpAndAnotherOneTaken() {
        store.upload(ref, BlobSource.of(CONTENT));
        try (Line line = Line.to(server.endpoint());
                S3BlobStore reader = patient(line)) {
            AtomicBoolean silenced = new AtomicBoolean();
            reader.download(ref, directory.resolve("out"), (done, total) -> {
                if (silenced.compareAndSet(false, true)) {
                    line.silentAfter(3);
                    CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS).execute(line::speak);
                }
            });
        }
        assertThat(directory.resolve("out")).hasBinaryContent(CONTENT);
    }

    @Test
    void aCutLineIsTakenUpAgainWhereItWas() {
        store.upload(ref, BlobSource.of(CONTENT));
        try (Line line = Line.to(server.endpoint());
                S3BlobStore reader = patient(line)) {
            AtomicBoolean cut = new AtomicBoolean();
            List<Long> progress = new ArrayList<>();
            reader.download(ref, directory.resolve("out"), (done, total) -> {
                progress.add(done);
                if (done > CONTENT.length / 2 && cut.compareAndSet(false, true)) {
                    line.cut();
                }
            });
            assertThat(progress).isSorted();
        }
        assertThat(directory.resolve("out")).hasBinaryContent(CONTENT);
    }

    @Test
    void whatRottedOnTheServerIsNotHandedOut() throws IOException {
        store.upload(ref, BlobSource.of(CONTENT));
        Path kept = server.dataDirectory().resolve(BUCKET).resolve(ref.key());
        Files.write(kept, content(CONTENT.length / 2), StandardOpenOption.WRITE);
        assertThatThrownBy(() -> store.download(ref, directory.resolve("out")))
                .isInstanceOf(CorruptBlobException.class)
                .hasMessageContaining(ref.toString());
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void anObjectReplacedWhileItIsReadIsNotMixed() throws IOException {
        store.upload(ref, BlobSource.of(CONTENT));
        try (Line line = Line.to(server.endpoint());
                S3BlobStore reader = patient(line);
                BlobContent content = reader.open(ref)) {
            assertThat(content.stream().readNBytes(100)).hasSize(100);
            store.upload(ref, BlobSource.of(content(CONTENT.length - 1)));
            line.cut();
            assertThatThrownBy(content::readAll)
                    .isInstanceOf(ConflictException.class)
                    .hasMessageContaining(ref.key());
        }
    }

    @Test
    void anInterruptEndsAnUploadAndShowsNothing() throws Exception {
        try (Line line = Line.to(server.endpoint());
                S3BlobStore writer = patient(line)) {
            line.silentAfter(50);
            CompletableFuture<Throwable> outcome = new CompletableFuture<>();
            Thread thread = new Thread(() -> outcome.complete(failure(writer, ref)));
            thread.start();
            await().until(() -> thread.getState() == Thread.State.WAITING);
            thread.interrupt();
            assertThat(outcome.get()).isInstanceOf(UnavailableException.class).hasMessageContaining("interrupted");
        }
        assertThat(store.exists(ref)).isFalse();
    }

    @Test
    void anExpiredAddressIsRefused() throws Exception {
        store.upload(ref, BlobSource.of("content"));
        PresignedUrl url = store.presignDownload(ref, Duration.ofSeconds(1));
        HttpRequest request = HttpRequest.newBuilder(url.url()).build();
        HttpClient client = HttpClient.newHttpClient();
        await().until(() -> client.send(request, BodyHandlers.discarding()).statusCode() == 403);
        assertThat(store.exists(ref)).isTrue();
    }

    @Test
    void aClockThatIsWrongIsNamed() {
        int before = SdkGlobalTime.getGlobalTimeOffset();
        SdkGlobalTime.setGlobalTimeOffset(7200);
        try (S3BlobStore skewed = impatient(server, server.endpoint().toString())) {
            assertThatThrownBy(() -> skewed.list(BUCKET, ""))
                    .isInstanceOf(FleetException.class)
                    .hasMessageContaining("clock");
        } finally {
            SdkGlobalTime.setGlobalTimeOffset(before);
        }
    }

    @Test
    void aStrangerIsToldWhichInputIsWrongAndNoSecret() {
        S3Options wrong = TestStore.options(server, server.endpoint())
                .credentials(S3Credentials.keys(server.accessKey(), "wrong-secret"))
                .build();
        assertThatThrownBy(() -> S3BlobStore.connect(wrong))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("credentials")
                .hasMessageNotContaining("wrong-secret");
        assertThat(wrong.toString()).doesNotContain("wrong-secret");
    }

    @Test
    void aFullDiskIsAnErrorAndNothingIsHalfThere() throws Exception {
        assumeThat(ProcessHandle.current().info().user())
                .as("only root may mount")
                .contains("root");
        Path disk = Files.createDirectory(directory.resolve("disk"));
        assumeThat(run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", disk.toString()))
                .as("mount")
                .isZero();
        try (ObjectServer full = ObjectServer.builder().dataDirectory(disk).start();
                S3BlobStore small = impatient(full, full.endpoint().toString())) {
            small.buckets().apply(StorageLayout.of(BUCKET));
            small.upload(ref, BlobSource.of("before"));
            assertThatThrownBy(() -> small.upload(BlobRef.of(BUCKET, "large"), BlobSource.of(CONTENT)))
                    .isInstanceOf(FleetException.class);
            assertThat(small.list(BUCKET, "").map(BlobEntry::key)).containsExactly(ref.key());
            small.upload(BlobRef.of(BUCKET, "after"), BlobSource.of("after"));
        } finally {
            run("umount", disk.toString());
        }
    }

    @Test
    void namesAreKeptAsTheyAreOrRefused() throws IOException {
        Path strings = Path.of("../../shared/data/adversarial/blns.json");
        assumeThat(strings).as("naughty strings").exists();
        String list = "{\"all\":" + Files.readString(strings) + "}";
        List<?> names = (List<?>) new JacksonCodec()
                .decode(list.getBytes(StandardCharsets.UTF_8), JsonObject.class)
                .get("all")
                .orElseThrow();
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            keep("naughty/" + i + "/" + names.get(i), kept);
        }
        assertThat(kept).hasSizeGreaterThan(names.size() / 2);
        assertThat(store.list(BUCKET, "naughty/").map(BlobEntry::key)).containsExactlyInAnyOrderElementsOf(kept);
    }

    @Test
    void manyKeysAreListedPageByPage() throws IOException {
        int count = Integer.getInteger("fleet.storage.keys", 10_000);
        Path folder =
                Files.createDirectories(server.dataDirectory().resolve(BUCKET).resolve("many"));
        for (int i = 0; i < count; i++) {
            Files.createFile(folder.resolve(String.format("%06d", i)));
        }
        assertThat(store.list(BUCKET, "many/").count()).isEqualTo(count);
        assertThat(store.list(BUCKET, "many/").limit(3).map(BlobEntry::key))
                .containsExactly("many/000000", "many/000001", "many/000002");
    }

    /** On demand with {@code -Dfleet.storage.megabytes=5120}. */
    @Test
    void twoHundredMegabytesGoThroughASmallHeap() throws Exception {
        String megabytes = System.getProperty("fleet.storage.megabytes", "200");
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=32m",
                "-cp",
                System.getProperty("java.class.path"),
                SmallHeapMain.class.getName(),
                server.endpoint().toString(),
                server.accessKey(),
                server.secretKey(),
                megabytes,
                directory.toString());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private static void keep(String key, List<String> kept) {
        try {
            BlobRef ref = BlobRef.of(BUCKET, key);
            store.upload(ref, BlobSource.of(key));
            try (BlobContent content = store.open(ref)) {
                assertThat(content.readAll()).asString().isEqualTo(key);
            }
            kept.add(key);
        } catch (FleetException e) {
            assertThat(e).as(key).isInstanceOf(InvalidInputException.class);
        }
    }

    private static void killOnce(AtomicBoolean killed) {
        if (killed.compareAndSet(false, true)) {
            server.kill();
            CompletableFuture.runAsync(server::restart);
        }
    }

    private static Throwable failure(S3BlobStore writer, BlobRef ref) {
        try {
            writer.upload(ref, BlobSource.of(CONTENT));
            return new AssertionError("the upload ended well");
        } catch (FleetException e) {
            return e;
        }
    }

    private List<String> keys() {
        return store.list(BUCKET, ref.key().substring(0, ref.key().indexOf('/')))
                .map(BlobEntry::key)
                .toList();
    }

    /** Finds a silent line within 300 ms, and waits for a long time. */
    private static S3BlobStore patient(Line line) {
        return S3BlobStore.connect(TestStore.options(server, line.address())
                .readTimeout(Duration.ofMillis(300))
                .slowestUpload(10 * 1024 * 1024)
                .capabilities(KNOWN)
                .build());
    }

    private static S3BlobStore impatient(ObjectServer server, String endpoint) {
        return S3BlobStore.connect(TestStore.options(server, URI.create(endpoint))
                .readTimeout(Duration.ofMillis(500))
                .slowestUpload(50 * 1024 * 1024)
                .patience(Duration.ofMillis(300))
                .capabilities(KNOWN)
                .build());
    }

    private static int run(String... command) throws Exception {
        return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
    }

    private static byte[] content(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }
}
