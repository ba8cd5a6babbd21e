package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.nats.JacksonCodec;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where a command writes to. */
public final class Screen {
    private static final JsonCodec CODEC = new JacksonCodec();

    private final PrintWriter out;
    private final Terminal terminal;

    public Screen(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static JsonCodec codec() {
        return CODEC;
    }

    static String text(Object json) {
        return new String(CODEC.encode(json), StandardCharsets.UTF_8);
    }

    /** A line of text; characters that would steer a terminal are shown as spaces. */
    public void line(String text) {
        out.println(harmless(text));
        out.flush();
    }

    public void json(Object value) {
        line(text(value));
    }

    public void table(Table table) {
        table.lines(terminal.columns()).forEach(this::line);
    }

    /** How a job that is followed is drawn. */
    JobDisplay follow() {
        return terminal.isLive() ? new LiveLine(out, terminal.columns()) : new PlainLines(this);
    }

    /** Texts come from jobs, and jobs from anybody. */
    static String harmless(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
