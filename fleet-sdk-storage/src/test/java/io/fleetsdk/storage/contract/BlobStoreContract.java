package io.fleetsdk.storage.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.BlobCapability;
import io.fleetsdk.storage.BlobContent;
import io.fleetsdk.storage.BlobEntry;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.ByteRange;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.storage.PresignedUrl;
import io.fleetsdk.storage.UploadOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every store promises. An implementation extends this and says how to reach a store with an empty bucket; what it does not offer
 * is skipped by name. Each test keeps to keys of its own.
 */
public abstract class BlobStoreContract {
    private final String folder = "t-" + UUID.randomUUID();

    @TempDir
    private Path directory = Path.of("");

    /** A store that outlives the test. */
    protected abstract BlobStore store();

    /** A bucket that is there; with versions where the store offers them. */
    protected abstract String bucket();

    /** More than what the store takes in one piece. */
    protected int severalPieces() {
        return 12 * 1024 * 1024 + 7;
    }

    @Test
    void whatIsUploadedIsReadBack() {
        BlobRef ref = ref("a.txt");
        Blob stored = store().upload(ref, BlobSource.of("content"));
        assertThat(text(ref)).isEqualTo("content");
        assertThat(stored.ref().newest()).isEqualTo(ref);
        assertThat(stored.size()).isEqualTo(7);
        assertThat(stored.digest()).contains(Digest.of("content".getBytes(StandardCharsets.UTF_8)));
        assertThat(store().head(ref)).contains(stored);
        assertThat(store().exists(ref)).isTrue();
    }

    @Test
    void nothingIsContentToo() throws IOException {
        BlobRef ref = ref("empty");
        store().upload(ref, BlobSource.of(new byte[0]));
        assertThat(text(ref)).isEmpty();
        Path file = directory.resolve("empty");
        store().download(ref, file);
        assertThat(file).isEmptyFile();
    }

    @Test
    void typeAndMetadataStayWithTheObject() {
        BlobRef ref = ref("described");
        Map<String, String> metadata = Map.of("robot-id", "RB-1", "note", "a b, c=d; \"e\"", "empty", "");
        store().upload(
                        ref,
                        BlobSource.of("x"),
                        UploadOptions.builder()
                                .contentType("text/plain")
                                .metadata(metadata)
                                .build());
        Blob head = store().head(ref).orElseThrow();
        assertThat(head.contentType()).startsWith("text/plain");
        assertThat(head.metadata()).containsAllEntriesOf(Map.of("robot-id", "RB-1", "note", "a b, c=d; \"e\""));
        assertThat(head.metadata()).doesNotContainKeys("sha256", "fleet-upload");
    }

    @Test
    void aFileAStreamAndBytesOfSeveralPiecesAreReadBackWhole() throws IOException {
        byte[] content = random(severalPieces());
        Path file = Files.write(directory.resolve("in"), content);
        List<BlobSource> sources =
                List.of(BlobSource.of(file), BlobSource.of(new ByteArrayInputStream(content)), BlobSource.of(content));
        for (BlobSource source : sources) {
            BlobRef ref = ref("large-" + source.getClass().getSimpleName());
            Blob stored = store().upload(ref, source);
            assertThat(stored.digest()).contains(Digest.of(content));
            Path out = directory.resolve("out");
            assertThat(store().download(ref, out).size()).isEqualTo(content.length);
            assertThat(out).hasBinaryContent(content);
        }
    }

    @Test
    void progressRisesToTheEndBothWays() {
        byte[] content = random(severalPieces());
        BlobRef ref = ref("watched");
        List<Long> up = new ArrayList<>();
        List<Long> down = new ArrayList<>();
        store().upload(
                        ref,
                        BlobSource.of(content),
                        UploadOptions.builder()
                                .progress((done, total) -> up.add(done))
                                .build());
        store().download(ref, directory.resolve("out"), (done, total) -> down.add(done));
        assertThat(up).isSorted().endsWith((long) content.length);
        assertThat(down).isSorted().endsWith((long) content.length);
    }

    @Test
    void anUploadReplacesWhatIsThere() {
        BlobRef ref = ref("replaced");
        store().upload(ref, BlobSource.of("old"));
        store().upload(ref, BlobSource.of("new"));
        assertThat(text(ref)).isEqualTo("new");
    }

    @Test
    void createOnlyLeavesWhatIsThere() {
        assumeOffered(BlobCapability.CREATE_ONLY);
        BlobRef ref = ref("created");
        UploadOptions createOnly = UploadOptions.builder().createOnly().build();
        store().upload(ref, BlobSource.of("first"), createOnly);
        assertThatThrownBy(() -> store().upload(ref, BlobSource.of("second"), createOnly))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining(ref.key());
        assertThatThrownBy(() -> store().upload(ref, BlobSource.of(random(severalPieces())), createOnly))
                .isInstanceOf(ConflictException.class);
        assertThat(text(ref)).isEqualTo("first");
    }

    @Test
    protected void ofManyCreatorsExactlyOneWins() throws Exception {
        assumeOffered(BlobCapability.CREATE_ONLY);
        UploadOptions createOnly = UploadOptions.builder().createOnly().build();
        ExecutorService writers = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 5; round++) {
                BlobRef ref = ref("race-" + round);
                List<Callable<String>> attempts = IntStream.range(0, 8)
                        .<Callable<String>>mapToObj(writer -> () -> {
                            store().upload(ref, BlobSource.of("writer " + writer), createOnly);
                            return "writer " + writer;
                        })
                        .toList();
                List<String> winners = new ArrayList<>();
                for (Future<String> attempt : writers.invokeAll(attempts)) {
                    won(attempt, winners);
                }
                assertThat(winners).containsExactly(text(ref));
            }
        } finally {
            writers.shutdownNow();
        }
    }

    @Test
    void contentOfAnotherDigestIsRefusedAndNothingIsStored() {
        BlobRef ref = ref("wrong");
        UploadOptions expecting = UploadOptions.builder()
                .digest(Digest.of("right".getBytes(StandardCharsets.UTF_8)))
                .build();
        assertThatThrownBy(() -> store().upload(ref, BlobSource.of("wrong"), expecting))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("digest");
        assertThat(store().exists(ref)).isFalse();
        store().upload(ref, BlobSource.of("right"), expecting);
        assertThat(text(ref)).isEqualTo("right");
    }

    @Test
    void aRangeIsWhatItSays() {
        BlobRef ref = ref("range");
        store().upload(ref, BlobSource.of("0123456789"));
        assertThat(text(ref, ByteRange.of(2, 3))).isEqualTo("234");
        assertThat(text(ref, ByteRange.from(7))).isEqualTo("789");
        assertThat(text(ref, ByteRange.of(8, 100))).isEqualTo("89");
        try (BlobContent content = store().open(ref, ByteRange.of(2, 3))) {
            assertThat(content.blob().size()).isEqualTo(10);
        }
        assertThatThrownBy(() -> text(ref, ByteRange.from(10))).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aReaderMayLeaveEarly() throws IOException {
        BlobRef ref = ref("left");
        store().upload(ref, BlobSource.of(random(severalPieces())));
        try (BlobContent content = store().open(ref)) {
            assertThat(content.stream().read()).isNotNegative();
        }
        assertThat(store().exists(ref)).isTrue();
    }

    @Test
    void whatIsNotThereIsNoAndNotAnError() {
        BlobRef ref = ref("nothing");
        assertThat(store().head(ref)).isEmpty();
        assertThat(store().exists(ref)).isFalse();
        assertThat(store().exists(BlobRef.of("no-such-bucket-" + UUID.randomUUID(), "a")))
                .isFalse();
        store().delete(ref);
        assertThatThrownBy(() -> store().open(ref)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> store().download(ref, directory.resolve("out")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> store().copy(ref, ref("copy"))).isInstanceOf(NotFoundException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aMissingBucketIsNotFound() {
        String missing = "no-such-bucket-" + UUID.randomUUID();
        assertThatThrownBy(() -> store().upload(BlobRef.of(missing, "a"), BlobSource.of("x")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> store().list(missing, "").count()).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aMissingFileIsTheCallersToFix() {
        assertThatThrownBy(() -> store().upload(ref("a"), BlobSource.of(directory.resolve("no-such-file"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("no-such-file");
    }

    @Test
    void aDownloadReplacesAFileAndMakesItsFolder() throws IOException {
        BlobRef ref = ref("down");
        store().upload(ref, BlobSource.of("new"));
        Path file = directory.resolve("deep").resolve("down");
        store().download(ref, file);
        Files.writeString(file, "something old and longer");
        store().download(ref, file);
        assertThat(file).hasContent("new");
        try (var files = Files.list(file.resolveSibling("."))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void aListingNamesAllInOrderAndNothingElse() {
        for (String name : List.of("list/b", "list/a/2", "list/a/1", "list/a-0", "other/c")) {
            store().upload(ref(name), BlobSource.of(name));
        }
        assertThat(keys("list/")).containsExactly("list/a-0", "list/a/1", "list/a/2", "list/b");
        assertThat(keys("list/a/")).containsExactly("list/a/1", "list/a/2");
        assertThat(keys("none/")).isEmpty();
        BlobEntry entry =
                store().list(bucket(), ref("list/b").key()).findFirst().orElseThrow();
        Blob head = store().head(entry.ref()).orElseThrow();
        assertThat(entry.size()).isEqualTo(6);
        assertThat(entry.etag()).isEqualTo(head.etag());
    }

    @Test
    void foldersAreTheNextLevelOnly() {
        for (String name : List.of("arm/v1/model", "arm/v2/model", "arm/v2/notes", "arm/readme", "leg/v1/model")) {
            store().upload(ref(name), BlobSource.of(name));
        }
        String prefix = ref("arm").key() + "/";
        assertThat(store().folders(bucket(), prefix)).containsExactly(prefix + "v1/", prefix + "v2/");
        assertThat(store().folders(bucket(), ref("none").key() + "/")).isEmpty();
    }

    @Test
    protected void whatIsDeletedIsGone() {
        BlobRef ref = ref("deleted");
        store().upload(ref, BlobSource.of("x"));
        store().delete(ref);
        assertThat(store().exists(ref)).isFalse();
        assertThat(keys("deleted")).isEmpty();
    }

    @Test
    void aCopyHasContentAndMetadata() {
        BlobRef from = ref("from");
        BlobRef to = ref("to");
        store().upload(
                        from,
                        BlobSource.of("content"),
                        UploadOptions.builder().metadata("robot", "RB-1").build());
        Blob copy = store().copy(from, to);
        assertThat(text(to)).isEqualTo("content");
        assertThat(copy.metadata()).containsEntry("robot", "RB-1");
        assertThat(copy.digest())
                .isPresent()
                .isEqualTo(store().head(from).orElseThrow().digest());
    }

    @Test
    void aMoveLeavesNothingBehind() {
        BlobRef from = ref("moved from");
        BlobRef to = ref("moved to");
        store().upload(from, BlobSource.of("content"));
        store().move(from, to);
        assertThat(text(to)).isEqualTo("content");
        assertThat(store().exists(from)).isFalse();
        assertThatThrownBy(() -> store().move(to, to)).isInstanceOf(InvalidInputException.class);
        assertThat(store().exists(to)).isTrue();
    }

    @Test
    void olderVersionsStayReadable() {
        assumeOffered(BlobCapability.VERSIONING);
        BlobRef ref = ref("versioned");
        Blob first = store().upload(ref, BlobSource.of("first"));
        Blob second = store().upload(ref, BlobSource.of("second"));
        store().upload(ref("versioned-too"), BlobSource.of("x"));
        assertThat(store().versions(ref).map(BlobEntry::ref)).containsExactly(second.ref(), first.ref());
        assertThat(text(first.ref())).isEqualTo("first");
        store().delete(ref);
        assertThat(store().exists(ref)).isFalse();
        assertThat(text(second.ref())).isEqualTo("second");
        store().delete(second.ref());
        assertThat(store().versions(ref).map(BlobEntry::ref)).containsExactly(first.ref());
    }

    @Test
    void tagsCanBeReplaced() {
        assumeOffered(BlobCapability.TAGS);
        BlobRef ref = ref("tagged");
        store().upload(
                        ref,
                        BlobSource.of("x"),
                        UploadOptions.builder().tag("site", "hall-1").build());
        assertThat(store().tags(ref)).isEqualTo(Map.of("site", "hall-1"));
        store().tag(ref, Map.of("kept", "yes", "by", "QA hall 1"));
        assertThat(store().tags(ref)).isEqualTo(Map.of("kept", "yes", "by", "QA hall 1"));
    }

    @Test
    void anAddressLetsAStrangerReadOneObject() throws Exception {
        assumeOffered(BlobCapability.PRESIGNED_URLS);
        BlobRef ref = ref("with space & ümlaut");
        store().upload(ref, BlobSource.of("content"));
        PresignedUrl url = store().presignDownload(ref, Duration.ofMinutes(1));
        HttpRequest request = request(url).GET().build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body())
                .isEqualTo("content");
        assertThat(url.toString()).doesNotContain("X-Amz-Signature");
    }

    @Test
    void anAddressLetsAStrangerWriteOneObjectAsAgreed() throws Exception {
        assumeOffered(BlobCapability.PRESIGNED_URLS);
        BlobRef ref = ref("sent");
        UploadOptions agreed = UploadOptions.builder()
                .contentType("text/plain")
                .metadata("robot", "RB-1")
                .digest(Digest.of("content".getBytes(StandardCharsets.UTF_8)))
                .build();
        PresignedUrl url = store().presignUpload(ref, agreed, Duration.ofMinutes(1));
        assertThat(put(request(url), "content")).isEqualTo(200);
        Blob head = store().head(ref).orElseThrow();
        assertThat(head.metadata()).containsEntry("robot", "RB-1");
        assertThat(head.digest()).isEqualTo(agreed.digest());
    }

    @Test
    void whatIsNotOfferedIsRefusedByName() {
        BlobRef ref = ref("refused");
        refusedUnlessOffered(
                BlobCapability.TAGS,
                () -> store().upload(
                                ref,
                                BlobSource.of("x"),
                                UploadOptions.builder().tag("a", "b").build()));
        refusedUnlessOffered(BlobCapability.VERSIONING, () -> store().versions(ref));
        refusedUnlessOffered(BlobCapability.PRESIGNED_URLS, () -> store().presignDownload(ref, Duration.ofMinutes(1)));
        assertThatThrownBy(() -> store().presignDownload(ref, Duration.ofDays(8)))
                .isInstanceOf(InvalidInputException.class);
    }

    protected BlobRef ref(String name) {
        return BlobRef.of(bucket(), folder + "/" + name);
    }

    protected String text(BlobRef ref) {
        return text(ref, ByteRange.all());
    }

    protected String text(BlobRef ref, ByteRange range) {
        try (BlobContent content = store().open(ref, range)) {
            return new String(content.readAll(), StandardCharsets.UTF_8);
        }
    }

    /** Below the folder of this test, without it. */
    protected List<String> keys(String prefix) {
        return store().list(bucket(), folder + "/" + prefix)
                .map(entry -> entry.key().substring(folder.length() + 1))
                .toList();
    }

    protected void assumeOffered(BlobCapability capability) {
        assumeThat(store().capabilities()).as("%s offers", store()).contains(capability);
    }

    protected static byte[] random(int size) {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private void refusedUnlessOffered(BlobCapability capability, ThrowingCallable call) {
        if (!store().capabilities().contains(capability)) {
            assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessageContaining(capability.name());
        }
    }

    private static void won(Future<String> attempt, List<String> winners) throws Exception {
        try {
            winners.add(attempt.get());
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(ConflictException.class);
        }
    }

    private static HttpRequest.Builder request(PresignedUrl url) {
        URI address = url.url();
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        url.headers().forEach(request::header);
        return request;
    }

    private static int put(HttpRequest.Builder request, String text) throws Exception {
        return HttpClient.newHttpClient()
                .send(request.PUT(BodyPublishers.ofString(text)).build(), BodyHandlers.ofString())
                .statusCode();
    }
}
