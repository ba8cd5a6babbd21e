package io.fleetsdk.model;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.storage.Digest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ModelManifestTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Digest DIGEST = new Digest("0a".repeat(32));

    @Test
    void theSignedBytesAreExactlyThese() {
        ModelManifest manifest = new ModelManifest("g1-velocity", 7, DIGEST, 1_658_204, NOON, Optional.empty());

        assertThat(new String(manifest.canonicalBytes(), US_ASCII)).isEqualTo("""
                        fleet-model-manifest/1
                        name: g1-velocity
                        version: 7
                        digest: sha256:0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a0a
                        length: 1658204
                        created: 2026-01-31T12:00:00Z
                        expires: never
                        """);
    }

    @Property(tries = 500)
    void whateverTheManifestItsBytesAreSevenLinesThatSayItAgain(@ForAll("manifests") ModelManifest manifest) {
        String text = new String(manifest.canonicalBytes(), US_ASCII);

        assertThat(text).endsWith("\n").matches("[ -~\n]+");
        assertThat(text.lines()).hasSize(7);
        assertThat(read(text)).isEqualTo(manifest);
    }

    @Property(tries = 500)
    void differentManifestsHaveDifferentBytes(
            @ForAll("manifests") ModelManifest one, @ForAll("manifests") ModelManifest other) {
        assertThat(Arrays.equals(one.canonicalBytes(), other.canonicalBytes())).isEqualTo(one.equals(other));
    }

    @Test
    void aManifestOfFineTimesIsCutToSecondsBeforeItIsSigned() {
        Instant fine = Instant.parse("2026-01-31T12:00:00.999Z");

        assertThat(ModelManifest.of(new ModelRef("m", 1), DIGEST, 1, fine, Optional.of(fine.plusSeconds(1))))
                .isEqualTo(new ModelManifest("m", 1, DIGEST, 1, NOON, Optional.of(NOON.plusSeconds(1))));
        assertThatThrownBy(() -> new ModelManifest("m", 1, DIGEST, 1, fine, Optional.empty()))
                .hasMessageContaining("created '2026-01-31T12:00:00.999Z' must be whole seconds");
    }

    @Test
    void itExpiresAtTheVerySecond() {
        ModelManifest manifest = new ModelManifest("m", 1, DIGEST, 1, NOON, Optional.of(NOON.plusSeconds(60)));

        assertThat(manifest.isExpired(NOON.plusSeconds(59))).isFalse();
        assertThat(manifest.isExpired(NOON.plusSeconds(60))).isTrue();
    }

    @Test
    void whatCouldBeReadInTwoWaysIsRefused() {
        assertThatThrownBy(() -> new ModelManifest("m\nversion: 9", 1, DIGEST, 1, NOON, Optional.empty()))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new ModelManifest("m", 0, DIGEST, 1, NOON, Optional.empty()))
                .hasMessageContaining("version '0'");
        assertThatThrownBy(() -> new ModelManifest("m", 1, DIGEST, 0, NOON, Optional.empty()))
                .hasMessageContaining("length '0'");
        assertThatThrownBy(() -> new ModelManifest("m", 1, DIGEST, 1, NOON, Optional.of(NOON)))
                .hasMessageContaining("must be after created");
    }

    @Test
    void referencesAreReadAsTheyAreWritten() {
        assertThat(ModelRef.parse("g1-velocity:7")).isEqualTo(new ModelRef("g1-velocity", 7));
        for (String wrong :
                new String[] {"g1", "g1:", "g1:x", "g1:0", "g1:-1", "g1:1.0", ":1", "g1:99999999999999999"}) {
            assertThatThrownBy(() -> ModelRef.parse(wrong)).as(wrong).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void aSecretKeyInThePlaceOfAPublicOneIsNotRepeated() {
        String seed = "SUAGC4BNIX2C3IZ4P4RSRTRTRTRTRTRTRTRTRTRTRTRTRTRTRTRTRTRTRT";

        assertThatThrownBy(() -> new ModelSignature(seed, "x")).hasMessageContaining("key 'S…'");
    }

    /** As a robot in another language would. */
    private static ModelManifest read(String text) {
        String[] lines = text.split("\n", -1);
        assertThat(lines[0]).isEqualTo(ModelManifest.FORM);
        return new ModelManifest(
                said(lines[1], "name"),
                Long.parseLong(said(lines[2], "version")),
                Digest.parse(said(lines[3], "digest")),
                Long.parseLong(said(lines[4], "length")),
                Instant.parse(said(lines[5], "created")),
                Optional.of(said(lines[6], "expires"))
                        .filter(end -> !end.equals("never"))
                        .map(Instant::parse));
    }

    private static String said(String line, String name) {
        assertThat(line).startsWith(name + ": ");
        return line.substring(name.length() + 2);
    }

    @Provide
    Arbitrary<ModelManifest> manifests() {
        Arbitrary<String> names = Arbitraries.strings()
                .withCharRange('a', 'z')
                .withChars('0', '9', '_', '-', 'A')
                .ofMinLength(1)
                .ofMaxLength(64)
                .filter(name -> Character.isLetterOrDigit(name.charAt(0)));
        Arbitrary<Long> versions = Arbitraries.longs().between(1, (1L << 53) - 1);
        Arbitrary<Digest> digests =
                Arbitraries.strings().withChars("0123456789abcdef").ofLength(64).map(Digest::new);
        Arbitrary<Long> lengths = Arbitraries.longs().greaterOrEqual(1);
        Arbitrary<Instant> times =
                Arbitraries.longs().between(0, 253_402_300_799L - 1).map(Instant::ofEpochSecond);
        Arbitrary<Optional<Long>> lives =
                Arbitraries.longs().between(1, 1_000_000).optional();
        return Combinators.combine(names, versions, digests, lengths, times, lives)
                .as((name, version, digest, length, created, life) -> new ModelManifest(
                        name, version, digest, length, created, life.map(seconds -> end(created, seconds))));
    }

    private static Instant end(Instant created, long seconds) {
        Instant last = Instant.parse("9999-12-31T23:59:59Z");
        Instant end = created.plusSeconds(seconds);
        return end.isAfter(last) ? last : end;
    }
}
