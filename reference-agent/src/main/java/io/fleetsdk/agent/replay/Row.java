package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/** One line of a recording, cut into its columns. */
final class Row {
    /** What recorders write; Java itself would also take {@code 0x1p3} and {@code 1d}. */
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");

    private final String place;
    private final Header header;
    private final String[] words;

    private Row(String place, Header header, String[] words) {
        this.place = place;
        this.header = header;
        this.words = words;
    }

    /**
     * @throws InvalidInputException if the line has not as many columns as the header
     */
    static Row of(String place, Header header, String line) {
        String[] words = header.separator().split(line, -1);
        if (words.length != header.names().size()) {
            throw new InvalidInputException(
                    place, line, "must have " + header.names().size() + " columns, has " + words.length);
        }
        return new Row(place, header, words);
    }

    /**
     * The number in a column of the header.
     *
     * @throws InvalidInputException if there is none, or it is not finite
     */
    double number(String name) {
        String word = words[header.column(name)].strip();
        return parse(word).orElseThrow(() -> refused(name, word, "must be a finite number"));
    }

    InvalidInputException refused(String column, Object value, String rule) {
        return new InvalidInputException(place + " column " + column, value, rule);
    }

    static OptionalDouble parse(String word) {
        if (!NUMBER.matcher(word).matches()) {
            return OptionalDouble.empty();
        }
        double number = Double.parseDouble(word);
        return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
    }
}
