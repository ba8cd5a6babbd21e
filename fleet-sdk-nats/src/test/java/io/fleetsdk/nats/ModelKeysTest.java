package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.model.UntrustedModelException;
import io.fleetsdk.model.UntrustedModelException.Reason;
import io.fleetsdk.storage.Digest;
import io.nats.client.NKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.EdECPoint;
import java.security.spec.EdECPublicKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signing and verifying of manifests. */
class ModelKeysTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final Clock AT_NOON = Clock.fixed(NOON, ZoneOffset.UTC);
    private static final ModelManifest MANIFEST = new ModelManifest(
            "g1-velocity", 7, new Digest("0a".repeat(32)), 1_658_204, NOON, Optional.of(NOON.plusSeconds(3600)));
    private static final ModelSigner SIGNER = signer();
    private static final ModelSignature SIGNATURE = SIGNER.sign(MANIFEST);

    private final ModelVerifier verifier = ModelKeys.trusting(Set.of(SIGNER.key()), AT_NOON);

    @TempDir
    Path directory;

    private static ModelSigner signer() {
        try {
            return ModelKeys.signer(NKey.createUser(new SecureRandom()).getSeed());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTrustedSignatureIsFoundAmongOthers() {
        ModelSignature foreign = signer().sign(MANIFEST);

        assertThat(verifier.verify(MANIFEST, List.of(foreign, SIGNATURE))).isEqualTo(SIGNATURE);
    }

    @Test
    void eachReasonToRefuseIsToldByItsName() {
        ModelManifest other = new ModelManifest("g1-velocity", 8, MANIFEST.digest(), 1, NOON, Optional.empty());

        assertRefused(MANIFEST, List.of(), Reason.UNSIGNED, "nobody has signed it");
        assertRefused(MANIFEST, List.of(signer().sign(MANIFEST)), Reason.UNKNOWN_KEY, "which is not trusted here");
        assertRefused(other, List.of(SIGNATURE), Reason.TAMPERED, "one of the two was changed");
        ModelVerifier later =
                ModelKeys.trusting(Set.of(SIGNER.key()), Clock.fixed(NOON.plusSeconds(3600), ZoneOffset.UTC));
        assertThatThrownBy(() -> later.verify(MANIFEST, List.of(SIGNATURE)))
                .isInstanceOfSatisfying(
                        UntrustedModelException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.EXPIRED))
                .hasMessageContaining("2026-01-31T13:00:00Z");
    }

    @Test
    void whoTrustsNobodyRefusesEverything() {
        assertThatThrownBy(() -> ModelKeys.trusting(Set.of(), AT_NOON).verify(MANIFEST, List.of(SIGNATURE)))
                .isInstanceOf(UntrustedModelException.class);
    }

    /** A byte of the manifest that was changed after it was signed, whichever it is and whatever it became. */
    @Property(tries = 300)
    void anyChangedByteOfWhatWasSignedIsNoticed(
            @ForAll @IntRange(max = 1000) int where, @ForAll @IntRange(min = 1, max = 255) int change)
            throws Exception {
        byte[] bytes = MANIFEST.canonicalBytes();
        bytes[where % bytes.length] ^= (byte) change;

        assertThat(platformVerifies(SIGNER.key(), bytes, SIGNATURE.bytes())).isFalse();
    }

    @Property(tries = 300)
    void anyChangedByteOfASignatureIsNoticed(
            @ForAll @IntRange(max = 63) int where, @ForAll @IntRange(min = 1, max = 255) int change) {
        byte[] bytes = SIGNATURE.bytes();
        bytes[where] ^= (byte) change;

        assertThatThrownBy(() -> verifier.verify(MANIFEST, List.of(ModelSignature.of(SIGNER.key(), bytes))))
                .isInstanceOfSatisfying(
                        UntrustedModelException.class,
                        e -> assertThat(e.reason()).isEqualTo(Reason.TAMPERED));
    }

    /** A robot needs no NATS library to verify: base 32, two bytes of checksum, and any Ed25519. */
    @Test
    void anybodyWithEd25519CanVerify() throws Exception {
        assertThat(platformVerifies(SIGNER.key(), MANIFEST.canonicalBytes(), SIGNATURE.bytes()))
                .isTrue();
    }

    @Test
    void aNewKeyIsItsOwnersAloneAndSignsFromItsFile() throws IOException {
        Path file = directory.resolve("model.nk");

        String key = ModelKeys.generate(file);

        assertThat(ModelKeys.signer(file).key()).isEqualTo(key);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThatThrownBy(() -> ModelKeys.generate(file)).isInstanceOf(ConflictException.class);
    }

    @Test
    void noTextRepeatsASecret() throws IOException {
        Path file = directory.resolve("model.nk");
        ModelKeys.generate(file);
        String seed = Files.readString(file).strip();
        // Not at the end: the last character has bits that mean nothing.
        String broken = seed.substring(0, 30) + (seed.charAt(30) == 'A' ? 'B' : 'A') + seed.substring(31);

        assertThat(ModelKeys.signer(file).toString()).doesNotContain(seed.substring(4, 20));
        assertThatThrownBy(() -> ModelKeys.signer(broken.toCharArray()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining(seed.substring(4, 20));
        assertThatThrownBy(() -> ModelKeys.trusting(Set.of(seed), AT_NOON))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageNotContaining(seed.substring(4, 20));
    }

    @Test
    void trustedKeysAreReadFromAFileWithCommentsAndNames() throws IOException {
        Path file = directory.resolve("trusted");
        Files.writeString(file, "# who may release\n\n" + SIGNER.key() + "  release desk\n");

        assertThat(ModelKeys.trusting(file, AT_NOON).verify(MANIFEST, List.of(SIGNATURE)))
                .isEqualTo(SIGNATURE);

        Files.writeString(file, SIGNER.key().substring(0, 55) + "?");
        assertThatThrownBy(() -> ModelKeys.trusting(file, AT_NOON)).isInstanceOf(InvalidInputException.class);
    }

    private void assertRefused(ModelManifest manifest, List<ModelSignature> signatures, Reason reason, String words) {
        assertThatThrownBy(() -> verifier.verify(manifest, signatures))
                .isInstanceOfSatisfying(
                        UntrustedModelException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason))
                .hasMessageContaining(manifest.ref() + " is not trusted: ")
                .hasMessageContaining(words);
    }

    private static boolean platformVerifies(String key, byte[] message, byte[] signature) throws Exception {
        Signature verifying = Signature.getInstance("Ed25519");
        verifying.initVerify(publicKey(key));
        verifying.update(message);
        return verifying.verify(signature);
    }

    private static PublicKey publicKey(String key) throws Exception {
        byte[] littleEndian = Arrays.copyOfRange(base32(key), 1, 33);
        boolean xIsOdd = littleEndian[31] < 0;
        littleEndian[31] &= 0x7f;
        byte[] bigEndian = new byte[32];
        for (int i = 0; i < 32; i++) {
            bigEndian[i] = littleEndian[31 - i];
        }
        EdECPoint point = new EdECPoint(xIsOdd, new BigInteger(1, bigEndian));
        return KeyFactory.getInstance("Ed25519")
                .generatePublic(new EdECPublicKeySpec(NamedParameterSpec.ED25519, point));
    }

    private static byte[] base32(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        int bits = 0;
        int value = 0;
        int next = 0;
        for (char c : text.toCharArray()) {
            value = value << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c);
            bits += 5;
            if (bits >= 8) {
                bits -= 8;
                bytes[next++] = (byte) (value >> bits);
            }
        }
        return bytes;
    }
}
