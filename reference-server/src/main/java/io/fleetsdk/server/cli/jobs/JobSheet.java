package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobAttempt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All of a job, a line for each thing there is to say. */
final class JobSheet {
    private final Job job;
    private final Instant now;
    private final List<String> lines = new ArrayList<>();

    private JobSheet(Job job, Instant now) {
        this.job = job;
        this.now = now;
    }

    static List<String> of(Job job, Instant now) {
        JobSheet sheet = new JobSheet(job, now);
        sheet.describe();
        return sheet.lines;
    }

    private void describe() {
        say("job", job.ref());
        say("type", job.type());
        say("state", Words.of(job.state()) + (job.cancelling() && !job.state().isFinal() ? ", told to stop" : ""));
        say("priority", Words.of(job.priority()));
        say("tenant", job.tenant());
        job.metadata().forEach((name, text) -> say("metadata", name + "=" + text));
        time("submitted", Optional.of(job.submittedAt()));
        time("runs at", job.runAt().filter(at -> !job.state().isFinal()));
        time("deadline", job.deadline());
        time("started", job.startedAt());
        time("ended", job.endedAt());
        say("took", job.endedAt().map(end -> Spans.stopwatch(LiveLine.elapsed(job, end))));
        say(
                "progress",
                (Words.percent(job.progress().fraction()) + " " + job.progress().message()).strip());
        say("parent", job.parent());
        say("input", job.input().map(Screen::text));
        say("result", job.result().map(Screen::text));
        say("error", job.error().map(Words::of));
        lines.addAll(attempts(job.attempts(), now));
    }

    private void time(String name, Optional<Instant> time) {
        say(name, time.map(at -> Spans.when(at, now)));
    }

    private void say(String name, Optional<?> value) {
        value.ifPresent(present -> say(name, present));
    }

    private void say(String name, Object value) {
        lines.add("%-10s %s".formatted(name, value));
    }

    /** A line for each attempt. */
    static List<String> attempts(List<JobAttempt> attempts, Instant now) {
        return attempts.stream()
                .map(attempt -> "%-10s %s  %s  %s"
                        .formatted(
                                "attempt " + attempt.number(),
                                Spans.when(attempt.startedAt(), now),
                                attempt.worker(),
                                attempt.error().map(Words::of).orElse(""))
                        .stripTrailing())
                .toList();
    }
}
