package io.fleetsdk.server.rest;

import io.fleetsdk.job.Deduplication;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.job.RetryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/** Reads how a job is to be done; what a request does not say is default. Faults go to the body. */
final class RequestedOptions {
    private RequestedOptions() {}

    /** Those in the member {@code options}. */
    static JobOptions in(RequestBody body) {
        return body.part("options").map(RequestedOptions::read).orElse(JobOptions.defaults());
    }

    private static JobOptions read(RequestBody options) {
        JobOptions.Builder builder = JobOptions.builder();
        options.pass("id", options.text("id"), builder::id);
        options.pass("priority", options.word("priority", JobPriority.class), builder::priority);
        readStart(options, builder);
        options.pass("deadline", options.instant("deadline"), builder::deadline);
        options.part("deduplication").flatMap(RequestedOptions::deduplication).ifPresent(builder::deduplication);
        options.part("retry").flatMap(RequestedOptions::retry).ifPresent(builder::retry);
        options.part("timeouts").flatMap(RequestedOptions::timeouts).ifPresent(builder::timeouts);
        options.pass("metadata", options.labels("metadata"), builder::metadata);
        options.pass("tenant", options.text("tenant"), builder::tenant);
        return builder.build();
    }

    private static void readStart(RequestBody options, JobOptions.Builder builder) {
        Optional<Duration> delay = options.duration("delay");
        Optional<Instant> runAt = options.instant("runAt");
        options.pass("delay", delay, builder::delay);
        options.pass("runAt", runAt, builder::runAt);
        if (delay.isPresent() && runAt.isPresent()) {
            options.refuse("runAt", "must not stand beside delay");
        }
    }

    private static Optional<Deduplication> deduplication(RequestBody rule) {
        Optional<String> mode = rule.needed("mode");
        Optional<String> key = rule.needed("key");
        return mode.flatMap(word -> key.flatMap(text -> deduplication(rule, word, text)));
    }

    private static Optional<Deduplication> deduplication(RequestBody rule, String mode, String key) {
        return switch (mode) {
            case "throttle" -> window(rule).flatMap(time -> rule.made(() -> Deduplication.throttle(key, time)));
            case "debounce" -> window(rule).flatMap(time -> rule.made(() -> Deduplication.debounce(key, time)));
            case "keep-last" -> rule.made(() -> Deduplication.keepLast(key));
            default -> {
                rule.refuse("mode", "must be one of [throttle, debounce, keep-last]");
                yield Optional.empty();
            }
        };
    }

    private static Optional<Duration> window(RequestBody rule) {
        return rule.present("window", rule.duration("window"));
    }

    private static Optional<RetryPolicy> retry(RequestBody retry) {
        RetryPolicy usual = RetryPolicy.defaults();
        int attempts = retry.count("maxAttempts").orElse(usual.maxAttempts());
        Duration initial = retry.duration("initialInterval").orElse(usual.initialInterval());
        Duration most = retry.duration("maxInterval").orElse(usual.maxInterval());
        double coefficient = retry.number("coefficient").orElse(usual.coefficient());
        double jitter = retry.number("jitter").orElse(usual.jitter());
        Set<String> nonRetryable = retry.texts("nonRetryable").orElse(usual.nonRetryable());
        return retry.made(() -> new RetryPolicy(attempts, initial, most, coefficient, jitter, nonRetryable));
    }

    private static Optional<JobTimeouts> timeouts(RequestBody times) {
        Optional<Duration> scheduleToStart = times.duration("scheduleToStart");
        Optional<Duration> startToClose = times.duration("startToClose");
        Optional<Duration> heartbeat = times.duration("heartbeat");
        return times.made(() -> new JobTimeouts(scheduleToStart, startToClose, heartbeat));
    }
}
