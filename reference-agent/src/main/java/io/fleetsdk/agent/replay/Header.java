package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names of a recording's columns, lower-case, and what stands between them.
 *
 * @param place where the names were found, for messages
 */
record Header(String place, List<String> names, Pattern separator) {
    private static final Pattern COMMA = Pattern.compile(",");
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final List<String> TUM = List.of("t", "x", "y", "z", "qx", "qy", "qz", "qw");

    /**
     * The columns of a text that begins with this line: a CSV's header, or the first pose of a TUM file, which has no header.
     *
     * @throws InvalidInputException if it is neither
     */
    static Header of(String place, String firstLine) {
        if (isPoseWithoutHeader(firstLine)) {
            return new Header(place, TUM, BLANKS);
        }
        List<String> names = Arrays.stream(COMMA.split(firstLine, -1))
                .map(name -> name.strip().replace("\"", "").toLowerCase(Locale.ROOT))
                .toList();
        if (names.stream().anyMatch(name -> isNumber(BLANKS.split(name)[0]))) {
            throw new InvalidInputException(
                    place, firstLine, "must name the columns of a CSV, or be a TUM pose: t x y z qx qy qz qw");
        }
        return new Header(place, names, COMMA);
    }

    /** Whether the text has no line of names: its first line is a pose already. */
    boolean isImplied() {
        return separator == BLANKS;
    }

    boolean has(String name) {
        return names.contains(name);
    }

    boolean hasAll(List<String> wanted) {
        return names.containsAll(wanted);
    }

    int column(String name) {
        return names.indexOf(name);
    }

    private static boolean isPoseWithoutHeader(String line) {
        String[] words = BLANKS.split(line);
        return words.length == TUM.size() && Arrays.stream(words).allMatch(Header::isNumber);
    }

    private static boolean isNumber(String word) {
        return Row.parse(word).isPresent();
    }
}
