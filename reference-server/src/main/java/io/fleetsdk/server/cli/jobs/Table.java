package io.fleetsdk.server.cli.jobs;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Aligned columns. The last one takes what room is left; the others are never cut, for people copy ids from them. */
public final class Table {
    private static final String GAP = "  ";
    private static final int LEAST_ROOM = 8;

    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> heads) {
        rows.add(heads);
    }

    public static Table of(String... heads) {
        return new Table(List.of(heads));
    }

    public Table row(Object... cells) {
        rows.add(Stream.of(cells).map(String::valueOf).map(Screen::harmless).toList());
        return this;
    }

    List<String> lines(int columns) {
        int last = rows.get(0).size() - 1;
        int[] widths = IntStream.range(0, last).map(this::width).toArray();
        int room = Math.max(LEAST_ROOM, columns - IntStream.of(widths).sum() - last * GAP.length());
        return rows.stream().map(row -> line(row, widths, room)).toList();
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String line(List<String> row, int[] widths, int room) {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            String cell = row.get(column);
            line.append(cell).append(" ".repeat(widths[column] - cell.length())).append(GAP);
        }
        return line.append(cut(row.get(widths.length), room)).toString().stripTrailing();
    }

    static String cut(String text, int room) {
        return text.length() <= room ? text : text.substring(0, room - 1) + "…";
    }
}
