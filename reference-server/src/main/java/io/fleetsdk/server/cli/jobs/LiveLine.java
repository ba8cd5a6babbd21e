package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobState;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** One line of a terminal, drawn over and over: bar, message, attempt, time. */
final class LiveLine implements JobDisplay {
    private static final int BAR = 24;
    private static final String BEGIN_AGAIN = "\r";
    private static final String CLEAR_REST = "\u001b[K";

    private final PrintWriter out;
    private final int columns;
    private boolean isDrawn;

    LiveLine(PrintWriter out, int columns) {
        this.out = out;
        this.columns = columns;
    }

    @Override
    public void show(Job job, Instant now) {
        out.print(BEGIN_AGAIN + Table.cut(Screen.harmless(line(job, now)), columns - 1) + CLEAR_REST);
        out.flush();
        isDrawn = true;
    }

    @Override
    public void end() {
        if (isDrawn) {
            out.println();
            out.flush();
        }
    }

    static String line(Job job, Instant now) {
        double fraction = job.state() == JobState.SUCCEEDED ? 1 : job.progress().fraction();
        String attempt = Words.attempt(job) > 0 ? "attempt " + Words.attempt(job) + "  " : "";
        return "%s %5s  %s  %-9s  %s%s"
                .formatted(
                        bar(fraction),
                        Words.percent(fraction),
                        Spans.stopwatch(elapsed(job, now)),
                        Words.of(job.state()),
                        attempt,
                        message(job, now))
                .stripTrailing();
    }

    private static String message(Job job, Instant now) {
        return job.progress().message().isEmpty() || job.state().isFinal()
                ? Words.note(job, now)
                : job.progress().message();
    }

    private static String bar(double fraction) {
        int full = (int) Math.round(fraction * BAR);
        String done = "=".repeat(full);
        return "[" + (full > 0 && full < BAR ? done.substring(1) + ">" : done) + " ".repeat(BAR - full) + "]";
    }

    /** Since its first attempt; before that, since it was submitted. */
    static Duration elapsed(Job job, Instant now) {
        Duration span = Duration.between(
                job.startedAt().orElse(job.submittedAt()), job.endedAt().orElse(now));
        return span.isNegative() ? Duration.ZERO : span;
    }
}
