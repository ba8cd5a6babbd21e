package io.fleetsdk.benchmarks;

import io.fleetsdk.job.JobWorker;
import io.nats.client.MessageConsumer;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Jobs a second through a worker whose handler does nothing, beside a raw work queue whose messages are only acknowledged. */
final class JobWork {
    static final List<Integer> CONCURRENCIES = List.of(16, 100);

    private static final String RAW = "raw";

    private final JobEffort effort;
    private final Section section;
    private final Map<Sync, Map<String, Double>> rates = new EnumMap<>(Sync.class);

    JobWork(JobEffort effort) {
        this.effort = effort;
        this.section = new Section(
                "Jobs: end to end",
                effort.jobs() + " jobs of " + TypicalJobs.BYTES
                        + " bytes wait, half of them under `always`. From the start of the worker until each has run, its"
                        + " input read, its record with attempt and result stored, and its message acknowledged; the records"
                        + " are counted. Beside it a raw work queue of messages of the same size: `consume`, `ack`, until the"
                        + " broker has deleted them; " + effort.turns() + ".",
                "broker",
                "concurrency",
                "SDK jobs/s",
                "raw messages/s",
                "SDK / raw",
                "target");
    }

    void measure(JobBed bed) throws Exception {
        Turns turns = new Turns();
        for (int concurrency : CONCURRENCIES) {
            turns.way(
                    way(concurrency),
                    JobEffort.half(effort.jobs(), bed.sync()),
                    jobs -> workedOff(bed, jobs, concurrency));
        }
        turns.way(RAW, JobEffort.quarter(effort.jobs(), bed.sync()), messages -> consumed(bed, messages));
        rates.put(bed.sync(), turns.rates(effort.warmUps(), effort.rounds()));
        CONCURRENCIES.forEach(concurrency -> row(bed.sync(), concurrency));
    }

    private static String way(int concurrency) {
        return "concurrency " + concurrency;
    }

    private static long workedOff(JobBed bed, int jobs, int concurrency) throws Exception {
        try (MeasuredQueue queue = bed.queue()) {
            queue.fill(TypicalJobs.requests(jobs));
            Arrivals arrivals = Arrivals.free(jobs);
            long begin = System.nanoTime();
            try (JobWorker worker = queue.work(concurrency, (input, context) -> {
                arrivals.arrived();
                return TypicalJobs.DONE;
            })) {
                arrivals.awaitAll();
                queue.awaitWorkedOff();
                long taken = System.nanoTime() - begin;
                queue.checkCompleted(jobs);
                return taken;
            }
        }
    }

    private static long consumed(JobBed bed, int messages) throws Exception {
        try (RawStream stream = bed.workQueue()) {
            stream.publishBatches(messages);
            Arrivals arrivals = Arrivals.free(messages);
            long begin = System.nanoTime();
            try (MessageConsumer consumer = stream.consume(message -> {
                message.ack();
                arrivals.arrived();
            })) {
                arrivals.awaitAll();
                stream.awaitWorkedOff();
                return System.nanoTime() - begin;
            }
        }
    }

    private void row(Sync sync, int concurrency) {
        double ours = rate(sync, concurrency);
        double raw = rate(sync, RAW);
        section.row(
                sync.words(),
                String.valueOf(concurrency),
                Section.number(ours),
                Section.number(raw),
                Section.times(ours, raw),
                sync == Sync.DEFAULT ? "≥ 0.5" : "");
    }

    double rate(Sync sync, int concurrency) {
        return rate(sync, way(concurrency));
    }

    private double rate(Sync sync, String way) {
        return rates.getOrDefault(sync, new LinkedHashMap<>()).getOrDefault(way, 0.0);
    }

    Section section() {
        return section;
    }
}
