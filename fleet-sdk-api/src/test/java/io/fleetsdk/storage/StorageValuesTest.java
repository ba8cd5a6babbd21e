package io.fleetsdk.storage;

import static io.fleetsdk.storage.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StorageValuesTest {
    private static final Digest OF_ABC = new Digest("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    @Test
    void aPlaceIsABucketAndAKey() {
        BlobRef ref = BlobRef.of("robot-logs", "RB-1/2026-01-31/motor.log.gz");
        assertThat(ref).hasToString("robot-logs/RB-1/2026-01-31/motor.log.gz");
        assertThat(ref.withVersion("v7")).hasToString("robot-logs/RB-1/2026-01-31/motor.log.gz@v7");
        assertThat(ref.withVersion("v7").newest()).isEqualTo(ref);
        assertThat(BlobRef.of("SKILL_DEFINITIONS", "griffe/Ω 腕.json").key()).isEqualTo("griffe/Ω 腕.json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "/a", "a/", "a//b", "a/../b", ".", "..", "a/.", "a\u0000b", "a\nb", "\ud800", "a\uffff"})
    void aKeyNoStoreKeepsIsRefused(String key) {
        assertThatRefused("key", () -> BlobRef.of("bucket", key));
    }

    @Property(tries = 200)
    void aKeyIsKeptAsItIsOrRefused(@ForAll String key) {
        try {
            assertThat(BlobRef.of("bucket", key).key()).isEqualTo(key);
        } catch (InvalidInputException e) {
            assertThat(e.faults()).singleElement().extracting("field").isEqualTo("key");
        }
    }

    @Test
    void aKeyIsMeasuredInBytes() {
        assertThat(BlobRef.of("bucket", "ä".repeat(512)).key()).hasSize(512);
        assertThatRefused("key", () -> BlobRef.of("bucket", "ä".repeat(513)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "-a", "a b", "ä"})
    void aBucketIsAPlainName(String bucket) {
        assertThatRefused("bucket", () -> BlobRef.of(bucket, "key"));
    }

    @Test
    void aDigestIsTheSameHoweverTheContentComes(@TempDir Path directory) throws Exception {
        byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("abc"), abc);
        assertThat(Digest.of(abc)).isEqualTo(OF_ABC);
        assertThat(Digest.of(file)).isEqualTo(OF_ABC);
        assertThat(Digest.of(new ByteArrayInputStream(abc))).isEqualTo(OF_ABC);
        assertThat(Digest.parse(OF_ABC.toString())).isEqualTo(OF_ABC);
        assertThat(Digest.parse(OF_ABC.hex())).isEqualTo(OF_ABC);
        assertThat(OF_ABC.bytes()).hasSize(32);
        assertThatRefused("digest", () -> Digest.parse("sha256:abc"));
        assertThatRefused("digest", () -> Digest.parse(OF_ABC.hex().toUpperCase(Locale.ROOT)));
    }

    @Test
    void aRangeCoversWhatIsThere() {
        assertThat(ByteRange.all().isAll()).isTrue();
        assertThat(ByteRange.from(3).lengthIn(10)).isEqualTo(7);
        assertThat(ByteRange.of(3, 4).lengthIn(10)).isEqualTo(4);
        assertThat(ByteRange.of(8, 4).lengthIn(10)).isEqualTo(2);
        assertThat(ByteRange.of(12, 4).lengthIn(10)).isZero();
        assertThatRefused("offset", () -> ByteRange.from(-1));
        assertThatRefused("length", () -> ByteRange.of(0, 0));
    }

    @Test
    void optionsRefuseWhatDoesNotFitIntoAHeader() {
        UploadOptions.Builder options = UploadOptions.builder();
        assertThatRefused("contentType", () -> options.contentType("text"));
        assertThatRefused("contentType", () -> options.contentType("text/plain\r\nX-Evil: 1"));
        assertThatRefused("metadata", () -> options.metadata("Robot", "RB-1"));
        assertThatRefused("metadata", () -> options.metadata("sha256", "mine"));
        assertThatRefused("metadata.robot", () -> options.metadata("robot", "RB-1\r\nX-Evil: 1"));
        assertThatRefused("metadata.robot", () -> options.metadata("robot", " RB-1"));
        assertThatRefused("metadata.robot", () -> options.metadata("robot", "Ω"));
        assertThatRefused("metadata", () -> options.metadata("robot", "x".repeat(1_900)));
        assertThatRefused("tags", () -> options.tag("a&b", "c"));
        assertThatRefused("tags.a", () -> options.tag("a", "c\n"));
        assertThat(options.build())
                .isEqualTo(UploadOptions.builder().build().toBuilder().build());
    }

    @Test
    void optionsHoldAtMostTenTags() {
        UploadOptions.Builder options = UploadOptions.builder();
        for (int i = 0; i < 10; i++) {
            options.tag("tag " + i, "");
        }
        assertThat(options.build().tags()).hasSize(10);
        assertThatRefused("tags", () -> options.tag("tag 10", ""));
    }

    @Test
    void anAddressShowsEverythingButItsSignature() {
        PresignedUrl url = new PresignedUrl(
                "GET",
                URI.create("https://s3.example/logs/a.gz?X-Amz-Credential=KEY&X-Amz-Signature=5ec2e7"),
                Map.of(),
                Instant.EPOCH);
        assertThat(url).hasToString("GET https://s3.example/logs/a.gz until 1970-01-01T00:00:00Z");
    }

    @Test
    void corruptContentIsToldWithBothDigests() {
        BlobRef ref = BlobRef.of("models", "a");
        Digest other = Digest.of(new byte[0]);
        assertThat(new CorruptBlobException(ref, OF_ABC, other))
                .hasMessage("models/a: the content is %s, what was stored is %s", other, OF_ABC);
    }

    @Test
    void anObjectCannotBeMovedOntoItself() {
        BlobRef ref = BlobRef.of("models", "a");
        assertThatThrownBy(() -> new UntouchedStore().move(ref, ref.withVersion("1")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("another place");
    }

    @Test
    void whatAStoreLacksIsNamed() {
        assertThatThrownBy(() -> BlobCapability.require(new UntouchedStore(), List.of(BlobCapability.values())))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(
                        "capabilities '[VERSIONING, TAGS, LIFECYCLE, PRESIGNED_URLS]' are not offered by an untouched store");
        BlobCapability.require(new UntouchedStore(), List.of(BlobCapability.CREATE_ONLY));
    }

    @Test
    void contentGoesInFromFilesBytesTextAndStreams(@TempDir Path directory) throws Exception {
        byte[] abc = "abc".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(directory.resolve("abc"), abc);
        for (BlobSource source : List.of(
                BlobSource.of(file),
                BlobSource.of(abc),
                BlobSource.of("abc"),
                BlobSource.of(new ByteArrayInputStream(abc)))) {
            try (InputStream in = source.open()) {
                assertThat(in).hasBinaryContent(abc);
            }
        }
        assertThat(BlobSource.of("secret")).hasToString("6 bytes");
    }

    @Test
    void aBlobHasNoMetadataWhereNoneIsGiven() {
        Blob blob =
                new Blob(BlobRef.of("models", "a"), 3, Optional.of(OF_ABC), "e", Instant.EPOCH, "text/plain", Map.of());
        assertThat(blob.metadata()).isEmpty();
    }
}
