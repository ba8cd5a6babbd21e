package io.fleetsdk.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.storage.Digest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a model's signature is over: enough to know that a file is this version of this model, and until when it may be used.
 *
 * @param name the model's, one token
 * @param version as in {@link ModelRef}
 * @param digest of the file
 * @param length of the file in bytes, at least 1
 * @param created in whole seconds, in the years 1970 to 9999
 * @param expires from when on the version is refused; in whole seconds, after {@code created}; empty for never
 */
public record ModelManifest(
        String name, long version, Digest digest, long length, Instant created, Optional<Instant> expires) {
    /** The first line of the signed bytes: what kind of thing is signed, so that no signature serves for another kind. */
    public static final String FORM = "fleet-model-manifest/1";

    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    public ModelManifest {
        name = new ModelRef(name, version).model();
        digest = Require.present("digest", digest);
        if (length < 1) {
            throw new InvalidInputException("length", length, "must be at least 1");
        }
        Instant begin = wholeSeconds("created", created);
        created = begin;
        expires = Require.orEmpty(expires);
        expires.ifPresent(end -> requireAfter(begin, wholeSeconds("expires", end)));
    }

    /** Times are cut to whole seconds. */
    public static ModelManifest of(
            ModelRef ref, Digest digest, long length, Instant created, Optional<Instant> expires) {
        return new ModelManifest(
                ref.model(),
                ref.version(),
                digest,
                length,
                created.truncatedTo(ChronoUnit.SECONDS),
                expires.map(end -> end.truncatedTo(ChronoUnit.SECONDS)));
    }

    public ModelRef ref() {
        return new ModelRef(name, version);
    }

    /**
     * The bytes that are signed: US-ASCII text of seven lines, each ended by one line feed (0x0A), without spaces but the one after
     * each colon.
     *
     * <pre>
     * fleet-model-manifest/1
     * name: g1-velocity
     * version: 7
     * digest: sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
     * length: 1658204
     * created: 2026-01-31T12:00:00Z
     * expires: never
     * </pre>
     *
     * The digest is {@code sha256:} and 64 lower-case hexadecimal digits, numbers are decimal without sign, point or leading zero; times are {@code YYYY-MM-DDThh:mm:ssZ} in UTC.
     */
    public byte[] canonicalBytes() {
        String text = FORM + "\n"
                + "name: " + name + "\n"
                + "version: " + version + "\n"
                + "digest: " + digest + "\n"
                + "length: " + length + "\n"
                + "created: " + created + "\n"
                + "expires: " + expires.map(Instant::toString).orElse("never") + "\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Whether the version may no longer be used at this time. */
    public boolean isExpired(Instant now) {
        return expires.filter(end -> !now.isBefore(end)).isPresent();
    }

    private static Instant wholeSeconds(String field, Instant time) {
        Require.present(field, time);
        if (time.getNano() != 0 || time.isBefore(Instant.EPOCH) || time.isAfter(LAST)) {
            throw new InvalidInputException(field, time, "must be whole seconds in the years 1970 to 9999");
        }
        return time;
    }

    private static void requireAfter(Instant created, Instant expires) {
        if (!expires.isAfter(created)) {
            throw new InvalidInputException("expires", expires, "must be after created, " + created);
        }
    }
}
