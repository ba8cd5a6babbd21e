package io.fleetsdk.storage.dataset;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;

/**
 * One version of a data set. Its text is {@code NAME@VERSION}.
 *
 * @param name one token
 * @param version one token, such as {@code 3}
 */
public record DatasetRef(String name, String version) {
    public DatasetRef {
        name = Require.token("dataset", name);
        version = Require.token("version", version);
    }

    /**
     * @param text {@code NAME@VERSION}
     * @throws InvalidInputException if it is not
     */
    public static DatasetRef parse(String text) {
        String[] parts = text.split("@", -1);
        if (parts.length != 2) {
            throw new InvalidInputException("dataset", text, "must be NAME@VERSION, such as pick-place@3");
        }
        return new DatasetRef(parts[0], parts[1]);
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
