package io.fleetsdk.benchmarks;

import io.fleetsdk.benchmarks.TypicalJobs.Episode;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobWorker;
import io.nats.client.MessageConsumer;
import java.util.List;

/** From the call of {@code submit} until the handler begins, at an idle worker; and from a raw publish until it is received. */
final class JobStarts {
    private static final Pace PACE = Pace.perSecond(200);
    private static final int CONCURRENCY = 16;

    private final JobEffort effort;
    private final List<JobRequest<Episode>> requests;
    private final Section section;

    JobStarts(JobEffort effort) {
        this.effort = effort;
        this.requests = TypicalJobs.requests(effort.paced());
        this.section = new Section(
                "Jobs: from submit to start",
                "200 jobs a second for an idle worker with a concurrency of " + CONCURRENCY
                        + ", from the call until its handler"
                        + " begins; beside it a raw publish to a work queue until the callback of a standing `consume()` is"
                        + " called. " + effort.shortRounds() + " turns of " + effort.paced()
                        + " each, after "
                        + effort.shortWarmUps() + " to warm up.",
                "broker",
                "percentile",
                "SDK ms",
                "raw ms",
                "SDK / raw",
                "target");
    }

    void measure(JobBed bed) throws Exception {
        Latencies sdk = new Latencies();
        Latencies raw = new Latencies();
        try (MeasuredQueue queue = bed.queue();
                RawStream stream = bed.workQueue()) {
            for (int i = 0; i < effort.shortWarmUps(); i++) {
                jobs(queue);
                messages(stream);
            }
            for (int round = 0; round < effort.shortRounds(); round++) {
                sdk.addAll(jobs(queue));
                raw.addAll(messages(stream));
            }
        }
        row(bed.sync(), "p50", sdk.median(), raw.median(), "");
        row(bed.sync(), "p99", sdk.percentile(99), raw.percentile(99), "≤ 2");
    }

    private Latencies jobs(MeasuredQueue queue) throws Exception {
        Spans spans = new Spans(effort.paced());
        try (JobWorker worker = queue.work(CONCURRENCY, (episode, context) -> {
            spans.end(episode.number());
            return TypicalJobs.DONE;
        })) {
            PACE.run(effort.paced(), number -> {
                spans.begin(number);
                queue.submit(requests.get(number));
            });
            return spans.await();
        }
    }

    private Latencies messages(RawStream stream) throws Exception {
        Spans spans = new Spans(effort.paced());
        try (MessageConsumer consumer = stream.consume(message -> {
            spans.end(RawStream.number(message));
            message.ack();
        })) {
            PACE.run(effort.paced(), number -> {
                spans.begin(number);
                stream.publish(number);
            });
            return spans.await();
        }
    }

    private void row(Sync sync, String percentile, long sdk, long raw, String target) {
        section.row(
                sync.words(), percentile, Section.millis(sdk), Section.millis(raw), Section.times(sdk, raw), target);
    }

    Section section() {
        return section;
    }
}
