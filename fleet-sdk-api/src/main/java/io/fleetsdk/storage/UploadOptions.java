package io.fleetsdk.storage;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How an object is stored.
 *
 * @param contentType {@code application/octet-stream} by default
 * @param metadata none by default; stays with the object and is copied with it
 * @param tags none by default; can be changed later and steer lifecycle rules
 * @param digest what the content must be; empty to take it as it is
 * @param existing what to do where there is an object already; replaces it by default
 * @param progress told how far it is; nobody by default
 */
public record UploadOptions(
        String contentType,
        Map<String, String> metadata,
        Map<String, String> tags,
        Optional<Digest> digest,
        Existing existing,
        TransferProgress progress) {
    private static final UploadOptions DEFAULTS = builder().build();

    /** What becomes of an object that is already there. */
    public enum Existing {
        /** It is replaced; a bucket with versions keeps it as an older one. */
        REPLACE,
        /** It stays, and the upload fails with {@link io.fleetsdk.ConflictException}. Of several writers exactly one wins. */
        REFUSE
    }

    public static UploadOptions defaults() {
        return DEFAULTS;
    }

    public static Builder builder() {
        return new Builder();
    }

    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.contentType = contentType;
        builder.metadata = metadata;
        builder.tags = tags;
        builder.digest = digest;
        builder.existing = existing;
        builder.progress = progress;
        return builder;
    }

    /** Collects options; refuses a wrong one at once. Not thread-safe. */
    public static final class Builder {
        private static final Pattern CONTENT_TYPE = Pattern.compile("[!-~]+/[!-~]+(; ?[!-~]+)*");
        private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
        private static final Pattern VALUE = Pattern.compile("[!-~]([ -~]*[!-~])?|");
        /** The digest of the content is kept under the name, the number of the upload under one that begins so. */
        private static final Pattern RESERVED = Pattern.compile("sha256|fleet-.*");

        private static final int MOST_METADATA_BYTES = 1_900;

        private String contentType = "application/octet-stream";
        private Map<String, String> metadata = Map.of();
        private Map<String, String> tags = Map.of();
        private Optional<Digest> digest = Optional.empty();
        private Existing existing = Existing.REPLACE;
        private TransferProgress progress = TransferProgress.none();

        private Builder() {}

        /** Type and subtype, such as {@code application/gzip}. */
        public Builder contentType(String type) {
            if (!CONTENT_TYPE.matcher(Require.text("contentType", type, 256)).matches()) {
                throw new InvalidInputException("contentType", type, "must be a type such as application/gzip");
            }
            contentType = type;
            return this;
        }

        /**
         * Adds an entry. Together they hold at most 1,900 bytes.
         *
         * @param name 1 to 64 of {@code a-z 0-9 -}, first a letter or digit; neither {@code sha256} nor {@code fleet-} and more
         * @param value printable ASCII, no space at either end; may be empty
         */
        public Builder metadata(String name, String value) {
            metadata = checkedMetadata(with(metadata, name, value));
            return this;
        }

        /** Adds entries, by the rules of {@link #metadata(String, String)}. */
        public Builder metadata(Map<String, String> entries) {
            entries.forEach(this::metadata);
            return this;
        }

        /** Adds a tag, at most 10: name 1 to 128, value 0 to 256 of letters, digits, spaces and {@code + - = . _ : / @}. */
        public Builder tag(String name, String value) {
            tags = BlobTags.checked(with(tags, name, value));
            return this;
        }

        /** Adds tags, by the rules of {@link #tag(String, String)}. */
        public Builder tags(Map<String, String> more) {
            more.forEach(this::tag);
            return this;
        }

        /** The SHA-256 the content must have; a content with another is refused before anything is stored. */
        public Builder digest(Digest expected) {
            digest = Optional.of(expected);
            return this;
        }

        /** Refuses to replace an object. */
        public Builder createOnly() {
            existing = Existing.REFUSE;
            return this;
        }

        /** Replaces an object that is there; the default. */
        public Builder replace() {
            existing = Existing.REPLACE;
            return this;
        }

        public Builder progress(TransferProgress listener) {
            progress = Require.present("progress", listener);
            return this;
        }

        public UploadOptions build() {
            return new UploadOptions(contentType, metadata, tags, digest, existing, progress);
        }

        private static Map<String, String> with(Map<String, String> entries, String name, String value) {
            Map<String, String> more = new TreeMap<>(entries);
            more.put(Require.present("name", name), Require.present(name, value));
            return Map.copyOf(more);
        }

        private static Map<String, String> checkedMetadata(Map<String, String> entries) {
            entries.forEach(Builder::checkMetadata);
            int bytes = entries.entrySet().stream()
                    .mapToInt(
                            entry -> entry.getKey().length() + entry.getValue().length())
                    .sum();
            Require.within("metadata", bytes, 0, MOST_METADATA_BYTES);
            return entries;
        }

        private static void checkMetadata(String name, String value) {
            if (!NAME.matcher(name).matches() || RESERVED.matcher(name).matches()) {
                throw new InvalidInputException(
                        "metadata",
                        name,
                        "must be 1 to 64 of a-z 0-9 -, start with a letter or digit, and be neither sha256 nor fleet-…");
            }
            if (!VALUE.matcher(value).matches()) {
                throw new InvalidInputException(
                        "metadata." + name, value, "must be printable ASCII without a space at either end");
            }
        }
    }
}
