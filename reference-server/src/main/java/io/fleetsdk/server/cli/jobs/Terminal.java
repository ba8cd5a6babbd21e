package io.fleetsdk.server.cli.jobs;

import java.util.Map;

/**
 * Where the output goes, as the launcher says: the JVM itself cannot tell.
 *
 * @param isLive whether a line can be drawn again
 * @param columns 80 to 200
 */
public record Terminal(boolean isLive, int columns) {
    /** Set by the launcher when standard output is a terminal: its columns. */
    static final String COLUMNS = "FLEET_TERMINAL_COLUMNS";

    private static final int NARROWEST = 80;
    private static final int WIDEST = 200;
    /** For files and pipes. */
    private static final int USUAL = 120;

    public static Terminal of(Map<String, String> environment) {
        String columns = environment.getOrDefault(COLUMNS, "");
        return columns.matches("[0-9]{1,5}")
                ? new Terminal(true, Math.max(NARROWEST, Math.min(WIDEST, Integer.parseInt(columns))))
                : new Terminal(false, USUAL);
    }
}
