package io.fleetsdk.internal;

import io.fleetsdk.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The rules values check in their constructors. Parameters are nullable because values are also built from messages, where
 * anything may be missing.
 */
public final class Require {
    private static final int TOKEN_LENGTH = 64;
    private static final int LABEL_CODE_POINTS = 256;

    private Require() {}

    public static <T> T present(String field, @Nullable T value) {
        if (value == null) {
            throw new InvalidInputException(field, "missing", "is required");
        }
        return value;
    }

    /** One subject token: 1 to 64 of {@code A-Z a-z 0-9 _ -}, first a letter or digit. */
    public static String token(String field, @Nullable String value) {
        String text = present(field, value);
        if (!isToken(text)) {
            throw new InvalidInputException(
                    field, text, "must be 1 to 64 of A-Z a-z 0-9 _ - and start with a letter or digit");
        }
        return text;
    }

    /** A loop and not a pattern, for every message names its robot. */
    private static boolean isToken(String text) {
        if (text.isEmpty() || text.length() > TOKEN_LENGTH || !isLetterOrDigit(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isLetterOrDigit(c) && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetterOrDigit(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** Free text of 1 to 256 code points without control characters. */
    public static String label(String field, @Nullable String value) {
        String text = present(field, value);
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > LABEL_CODE_POINTS || text.codePoints().anyMatch(Require::unprintable)) {
            throw new InvalidInputException(
                    field, text, "must be 1 to 256 characters of Unicode text without control characters");
        }
        return text;
    }

    /** Free text of at most so many code points. */
    public static String text(String field, @Nullable String value, int maxLength) {
        String text = present(field, value);
        if (text.codePointCount(0, text.length()) > maxLength) {
            throw new InvalidInputException(field, text, "must be at most " + maxLength + " characters");
        }
        return text;
    }

    public static double finite(String field, double value) {
        if (!Double.isFinite(value)) {
            throw new InvalidInputException(field, value, "must be a finite number");
        }
        return value;
    }

    public static double within(String field, double value, double min, double max) {
        if (!(value >= min && value <= max)) {
            throw new InvalidInputException(field, value, "must be from " + min + " to " + max);
        }
        return value;
    }

    public static OptionalDouble within(String field, @Nullable OptionalDouble value, double min, double max) {
        OptionalDouble number = orEmpty(value);
        number.ifPresent(n -> within(field, n, min, max));
        return number;
    }

    public static <T> Optional<T> orEmpty(@Nullable Optional<T> value) {
        return value == null ? Optional.empty() : value;
    }

    public static OptionalDouble orEmpty(@Nullable OptionalDouble value) {
        return value == null ? OptionalDouble.empty() : value;
    }

    public static <T> List<T> list(String field, @Nullable List<T> values) {
        if (values == null) {
            return List.of();
        }
        values.forEach(value -> present(field, value));
        return List.copyOf(values);
    }

    public static <V> Map<String, V> map(String field, @Nullable Map<String, V> values) {
        if (values == null) {
            return Map.of();
        }
        values.values().forEach(value -> present(field, value));
        return Map.copyOf(values);
    }

    private static boolean unprintable(int codePoint) {
        int type = Character.getType(codePoint);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }
}
