package io.fleetsdk.storage;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 of some content.
 *
 * @param hex 64 of {@code 0-9 a-f}
 */
public record Digest(String hex) {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");
    private static final String PREFIX = "sha256:";
    private static final int CHUNK = 64 * 1024;

    public Digest {
        if (!HEX.matcher(Require.present("digest", hex)).matches()) {
            throw new InvalidInputException("digest", hex, "must be a SHA-256 as 64 of 0-9 a-f");
        }
    }

    /** Of bytes in memory. */
    public static Digest of(byte[] content) {
        return new Digest(HexFormat.of().formatHex(sha256().digest(content)));
    }

    /** Of a file, in constant memory. */
    public static Digest of(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return of(in);
        }
    }

    /** Of all that a stream still holds, in constant memory. The stream stays open. */
    public static Digest of(InputStream content) throws IOException {
        MessageDigest sha256 = sha256();
        byte[] chunk = new byte[CHUNK];
        for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
            sha256.update(chunk, 0, read);
        }
        return finished(sha256);
    }

    /** What a running SHA-256 has come to; it begins anew. */
    public static Digest finished(MessageDigest sha256) {
        return new Digest(HexFormat.of().formatHex(sha256.digest()));
    }

    /**
     * What {@link #toString} wrote, or only its hexadecimal part.
     *
     * @throws InvalidInputException if it is neither
     */
    public static Digest parse(String text) {
        String given = Require.present("digest", text);
        return new Digest(given.startsWith(PREFIX) ? given.substring(PREFIX.length()) : given);
    }

    /** A SHA-256 that has seen nothing yet. */
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** {@code sha256:} and the hexadecimal digits. */
    @Override
    public String toString() {
        return PREFIX + hex;
    }
}
