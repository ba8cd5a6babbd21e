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
    private static final int REPLACEMENT = 0xFFFD;

    public static Fault of(String field, Object value, String rule) {
        return new Fault(field, shown(String.valueOf(value)), rule);
    }

    /** Always whole characters, so that a fault can be written down in UTF-8 whatever it is about. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(SHOWN_CHARACTERS).map(Fault::printable).forEach(shown::appendCodePoint);
        return text.codePointCount(0, text.length()) > SHOWN_CHARACTERS ? shown + "…" : shown.toString();
    }

    private static int printable(int codePoint) {
        return Character.getType(codePoint) == Character.SURROGATE ? REPLACEMENT : codePoint;
    }

    @Override
    public String toString() {
        return field + " '" + value + "' " + rule;
    }
}
