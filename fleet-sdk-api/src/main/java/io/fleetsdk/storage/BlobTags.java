package io.fleetsdk.storage;

import io.fleetsdk.InvalidInputException;
import java.util.Map;
import java.util.regex.Pattern;

/** What stores agree on about tags. */
final class BlobTags {
    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N} +=._:/@-]{1,128}");
    private static final Pattern VALUE = Pattern.compile("[\\p{L}\\p{N} +=._:/@-]{0,256}");
    private static final int MOST = 10;

    private BlobTags() {}

    static Map<String, String> checked(Map<String, String> tags) {
        if (tags.size() > MOST) {
            throw new InvalidInputException("tags", tags.size(), "must be at most " + MOST);
        }
        tags.forEach(BlobTags::check);
        return Map.copyOf(tags);
    }

    private static void check(String name, String value) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidInputException(
                    "tags", name, "must be 1 to 128 letters, digits, spaces and + - = . _ : / @");
        }
        if (!VALUE.matcher(value).matches()) {
            throw new InvalidInputException(
                    "tags." + name, value, "must be 0 to 256 letters, digits, spaces and + - = . _ : / @");
        }
    }
}
