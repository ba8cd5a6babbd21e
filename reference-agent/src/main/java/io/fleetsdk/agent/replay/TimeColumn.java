package io.fleetsdk.agent.replay;

import io.fleetsdk.InvalidInputException;
import java.util.List;

/**
 * Which column is the time, and its unit.
 *
 * @param name the column
 * @param perSecond how many of its units make a second
 */
record TimeColumn(String name, double perSecond) {
    private static final List<TimeColumn> KNOWN = List.of(
            new TimeColumn("t", 1),
            new TimeColumn("time", 1),
            new TimeColumn("timestamp_s", 1),
            new TimeColumn("timestamp_ms", 1e3),
            new TimeColumn("timestamp_us", 1e6),
            new TimeColumn("timestamp_ns", 1e9));

    private static final TimeColumn TIMESTAMP = new TimeColumn("timestamp", 1);
    private static final TimeColumn PX4_TIMESTAMP = new TimeColumn("timestamp", 1e6);

    /**
     * @throws InvalidInputException if no column is a time
     */
    static TimeColumn of(Header header) {
        if (header.has("timestamp")) {
            return header.hasAll(NedColumns.PLACE) ? PX4_TIMESTAMP : TIMESTAMP;
        }
        return KNOWN.stream()
                .filter(column -> header.has(column.name()))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException(
                        header.place(),
                        String.join(",", header.names()),
                        "must name a time column: t, time, timestamp (s), or timestamp_s, _ms, _us, _ns"));
    }

    double seconds(Row row) {
        return row.number(name) / perSecond;
    }
}
