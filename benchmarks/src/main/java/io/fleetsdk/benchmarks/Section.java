package io.fleetsdk.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table of the report with what one has to know to read it. */
record Section(String title, String explanation, List<String> columns, List<List<String>> rows) {
    Section(String title, String explanation, String... columns) {
        this(title, explanation, List.of(columns), new ArrayList<>());
    }

    void row(String... cells) {
        rows.add(List.of(cells));
    }

    String markdown() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(columns);
        lines.add(columns.stream().map(column -> "---").toList());
        lines.addAll(rows);
        String table = lines.stream()
                .map(cells -> "| " + String.join(" | ", cells) + " |\n")
                .collect(Collectors.joining());
        return "## " + title + "\n\n" + explanation + "\n\n" + table;
    }

    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%,.0f", value);
    }

    /** How many times the other. */
    static String times(double value, double other) {
        return String.format(Locale.ROOT, "%.2f", value / other);
    }

    static String millis(long nanos) {
        return number(nanos / 1e6);
    }
}
