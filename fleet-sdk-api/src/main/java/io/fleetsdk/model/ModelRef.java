package io.fleetsdk.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;

/**
 * One version of a model. Its text is {@code g1-velocity:7}.
 *
 * @param model one token
 * @param version 1 to 9,007,199,254,740,991, which every JSON reader holds exactly; a later one has a higher number, and numbers may
 *     be left out
 */
public record ModelRef(String model, long version) {
    private static final long HIGHEST = (1L << 53) - 1;
    private static final int MOST_DIGITS = 16;

    public ModelRef {
        model = Require.token("model", model);
        if (version < 1 || version > HIGHEST) {
            throw new InvalidInputException("version", version, "must be from 1 to " + HIGHEST);
        }
    }

    /**
     * Reads {@code g1-velocity:7}.
     *
     * @throws InvalidInputException if it is not of this form
     */
    public static ModelRef parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new InvalidInputException("model version", text, "must be a name and a number such as g1-velocity:7");
        }
        return new ModelRef(text.substring(0, colon), number(text.substring(colon + 1)));
    }

    /**
     * Reads a version's number.
     *
     * @throws InvalidInputException if it is none
     */
    public static long number(String text) {
        if (text.isEmpty() || text.length() > MOST_DIGITS || text.chars().anyMatch(c -> c < '0' || c > '9')) {
            throw new InvalidInputException("version", text, "must be a whole number from 1 to " + HIGHEST);
        }
        return Long.parseLong(text);
    }

    @Override
    public String toString() {
        return model + ":" + version;
    }
}
