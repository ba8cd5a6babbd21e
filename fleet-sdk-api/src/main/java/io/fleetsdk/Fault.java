package io.fleetsdk;

/**
 * One broken rule of an input.
 *
 * @param field the path of the field, such as {@code motors[0].maxSpeed}
 * @param value the offending value as text, shortened to 80 characters
 * @param rule what the value must be, such as {@code must be above 0}
 */
public record Fault(String field, String value, String rule) {
    private static final int SHOWN_CHARACTERS = 80;

    public static Fault of(String field, Object value, String rule) {
        return new Fault(field, shortened(String.valueOf(value)), rule);
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN_CHARACTERS ? text : text.substring(0, SHOWN_CHARACTERS) + "…";
    }

    @Override
    public String toString() {
        return field + " '" + value + "' " + rule;
    }
}
