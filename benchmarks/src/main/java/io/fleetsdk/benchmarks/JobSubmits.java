package io.fleetsdk.benchmarks;

import io.fleetsdk.benchmarks.TypicalJobs.Episode;
import io.fleetsdk.job.JobRequest;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Jobs a second into a queue, beside as many raw messages into a stream that keeps them as well. */
final class JobSubmits {
    private static final int THREADS = 16;
    private static final String ONE = "`submit`, 1 thread";
    private static final String MANY = "`submit`, " + THREADS + " threads";
    private static final String CALLS = "`submitAll`, 1,000 in each call";
    private static final String WHOLE = "`submitAll`, all in one call";
    private static final String PUBLISH_ONE = "publish, 1 thread";
    private static final String PUBLISH_MANY = "publish, " + THREADS + " threads";
    private static final String BATCHES = "atomic batches of 1,000, one after the other";
    private static final String ASYNC = "`publishAsync`, at most 4,096 unconfirmed";

    private final JobEffort effort;
    private final List<JobRequest<Episode>> requests;
    private final Section section;
    private final Map<Sync, Double> bulk = new EnumMap<>(Sync.class);

    JobSubmits(JobEffort effort) {
        this.effort = effort;
        this.requests = TypicalJobs.requests(effort.bulk());
        this.section = new Section(
                "Jobs: submitting",
                "Jobs of " + TypicalJobs.BYTES
                        + " bytes of JSON; the raw messages have the same body and go to a stream of"
                        + " the same kind, each under a subject and with a message id of its own, a batch with one. Each turn has an empty"
                        + " queue; "
                        + effort.shortTurns() + ".",
                "broker",
                "SDK",
                "jobs/s",
                "raw",
                "messages/s",
                "SDK / raw",
                "target");
    }

    /** Does something once for each number below the count. */
    private interface Each {
        void run(int number) throws Exception;
    }

    private interface InQueue {
        void run(MeasuredQueue queue, int count) throws Exception;
    }

    private interface InStream {
        void run(RawStream stream, int count) throws Exception;
    }

    void measure(JobBed bed) throws Exception {
        int singles = JobEffort.quarter(effort.singles(), bed.sync());
        Turns turns = new Turns()
                .way(ONE, singles, inQueue(bed, (queue, count) -> threads(1, count, number -> submit(queue, number))))
                .way(PUBLISH_ONE, singles, inStream(bed, (raw, count) -> threads(1, count, raw::publish)))
                .way(
                        MANY,
                        singles * 4,
                        inQueue(bed, (queue, count) -> threads(THREADS, count, number -> submit(queue, number))))
                .way(PUBLISH_MANY, singles * 4, inStream(bed, (raw, count) -> threads(THREADS, count, raw::publish)))
                .way(CALLS, effort.bulk(), inQueue(bed, (queue, count) -> queue.fill(requests.subList(0, count))))
                .way(WHOLE, effort.bulk(), inQueue(bed, (queue, count) -> queue.submitAll(requests.subList(0, count))))
                .way(BATCHES, effort.bulk(), inStream(bed, RawStream::publishBatches))
                .way(ASYNC, JobEffort.quarter(effort.bulk(), bed.sync()), inStream(bed, RawStream::publishAsync));
        rows(bed.sync(), turns.rates(effort.shortWarmUps(), effort.shortRounds()));
    }

    private static Turns.Work inQueue(JobBed bed, InQueue work) {
        return count -> {
            try (MeasuredQueue queue = bed.queue()) {
                return Turns.timed(number -> work.run(queue, number)).run(count);
            }
        };
    }

    private static Turns.Work inStream(JobBed bed, InStream work) {
        return count -> {
            try (RawStream stream = bed.keepingStream()) {
                return Turns.timed(number -> work.run(stream, number)).run(count);
            }
        };
    }

    private void submit(MeasuredQueue queue, int number) {
        queue.submit(requests.get(number));
    }

    private static void threads(int count, int steps, Each step) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(count);
        try {
            List<Callable<Void>> shares = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                shares.add(share(i, count, steps, step));
            }
            for (Future<Void> done : pool.invokeAll(shares)) {
                done.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private static Callable<Void> share(int first, int threads, int steps, Each step) {
        return () -> {
            for (int number = first; number < steps; number += threads) {
                step.run(number);
            }
            return null;
        };
    }

    private void rows(Sync sync, Map<String, Double> rates) {
        row(sync, rates, ONE, PUBLISH_ONE, "≥ 0.85");
        row(sync, rates, MANY, PUBLISH_MANY, "≥ 0.85");
        for (String ours : List.of(CALLS, WHOLE)) {
            row(sync, rates, ours, BATCHES, "≥ 0.8 of one of the two");
            row(sync, rates, ours, ASYNC, "");
        }
        bulk.put(sync, Math.max(rates.getOrDefault(CALLS, 0.0), rates.getOrDefault(WHOLE, 0.0)));
    }

    private void row(Sync sync, Map<String, Double> rates, String ours, String raw, String target) {
        double sdk = rates.getOrDefault(ours, 0.0);
        double beside = rates.getOrDefault(raw, 0.0);
        section.row(
                sync.words(),
                ours,
                Section.number(sdk),
                raw,
                Section.number(beside),
                Section.times(sdk, beside),
                target);
    }

    /** The quicker way to submit many. */
    double bulk(Sync sync) {
        return bulk.getOrDefault(sync, 0.0);
    }

    Section section() {
        return section;
    }
}
