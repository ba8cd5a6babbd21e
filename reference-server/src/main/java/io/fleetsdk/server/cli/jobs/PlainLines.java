package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobState;
import java.time.Duration;
import java.time.Instant;

/** A line for each new state or attempt, and between them at most one a second: for files and pipes. */
final class PlainLines implements JobDisplay {
    private static final Duration APART = Duration.ofSeconds(1);

    private final Screen screen;
    private Shown last = new Shown(JobState.WAITING, -1, "", Instant.EPOCH);

    private record Shown(JobState state, int attempt, String words, Instant at) {
        boolean isFollowedBy(Shown next) {
            boolean step = state != next.state || attempt != next.attempt;
            boolean later = Duration.between(at, next.at).compareTo(APART) >= 0;
            return step || (later && !words.equals(next.words));
        }
    }

    PlainLines(Screen screen) {
        this.screen = screen;
    }

    @Override
    public void show(Job job, Instant now) {
        Shown next = new Shown(job.state(), Words.attempt(job), words(job, now), now);
        if (last.isFollowedBy(next)) {
            last = next;
            screen.line(Spans.when(now, now) + "  " + next.words());
        }
    }

    @Override
    public void end() {}

    private static String words(Job job, Instant now) {
        String attempt = Words.attempt(job) > 1 ? "attempt " + Words.attempt(job) + "  " : "";
        return "%s  %s  %-9s  %s%s"
                .formatted(job.ref(), job.type(), Words.of(job.state()), attempt, Words.note(job, now))
                .stripTrailing();
    }
}
