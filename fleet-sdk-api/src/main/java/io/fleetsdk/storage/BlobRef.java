package io.fleetsdk.storage;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where an object is.
 *
 * @param bucket 1 to 63 of {@code A-Z a-z 0-9 . _ -}, first a letter or digit; a store may allow fewer
 * @param key a path of names joined by {@code /}: 1 to 1024 bytes of UTF-8, no control characters, no name empty, {@code .} or
 *     {@code ..}. A key is never also the folder of another: {@code a} and {@code a/b} do not go together on every store
 * @param version one version of it; empty for the newest
 */
public record BlobRef(String bucket, String key, Optional<String> version) {
    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final int MOST_BYTES = 1024;

    public BlobRef {
        bucket = checkedBucket(bucket);
        key = checkedKey(key);
        version = Require.orEmpty(version);
        version.ifPresent(text -> Require.text("version", text, MOST_BYTES));
    }

    /**
     * The newest version of an object.
     *
     * @throws InvalidInputException if bucket or key break the rules above
     */
    public static BlobRef of(String bucket, String key) {
        return new BlobRef(bucket, key, Optional.empty());
    }

    public BlobRef withVersion(String id) {
        return new BlobRef(bucket, key, Optional.of(id));
    }

    /** The same object, whatever its newest version is. */
    public BlobRef newest() {
        return version.isEmpty() ? this : of(bucket, key);
    }

    private static String checkedBucket(String bucket) {
        if (!BUCKET.matcher(Require.present("bucket", bucket)).matches()) {
            throw new InvalidInputException(
                    "bucket", bucket, "must be 1 to 63 of A-Z a-z 0-9 . _ - and start with a letter or digit");
        }
        return bucket;
    }

    private static String checkedKey(String key) {
        int bytes = Require.present("key", key).getBytes(StandardCharsets.UTF_8).length;
        if (bytes < 1 || bytes > MOST_BYTES) {
            throw new InvalidInputException("key", key, "must be 1 to 1024 bytes of UTF-8");
        }
        if (key.codePoints().anyMatch(BlobRef::unwritable)) {
            throw new InvalidInputException("key", key, "must be Unicode text without control characters");
        }
        for (String name : key.split("/", -1)) {
            if (name.isEmpty() || name.equals(".") || name.equals("..")) {
                throw new InvalidInputException(
                        "key", key, "must hold no empty name, no '.' and no '..' between its /");
            }
        }
        return key;
    }

    /** What XML 1.0, in which stores list their keys, has no way to write. */
    private static boolean unwritable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE || codePoint == 0xFFFE || codePoint == 0xFFFF;
    }

    /** {@code bucket/key}, with {@code @version} where one is named. */
    @Override
    public String toString() {
        return bucket + "/" + key + version.map(id -> "@" + id).orElse("");
    }
}
