package io.fleetsdk.benchmarks;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.benchmarks.BullMqRuns.Load;
import io.fleetsdk.benchmarks.BullMqRuns.Result;
import io.fleetsdk.benchmarks.RedisServer.Fsync;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The queue of the SDK, as measured before in the same run, beside BullMQ with the same payloads and the same safety. */
final class JobsBesideBullMq {
    private static final String TITLE = "Jobs beside BullMQ";
    private static final int PRODUCERS = 2;

    private final JobEffort effort;
    private final JobSubmits submits;
    private final JobWork work;

    JobsBesideBullMq(JobEffort effort, JobSubmits submits, JobWork work) {
        this.effort = effort;
        this.submits = submits;
        this.work = work;
    }

    /** What both promise about a power cut. */
    private record Safety(Sync sync, Fsync fsync, String target) {
        private static final List<Safety> EACH =
                List.of(new Safety(Sync.DEFAULT, Fsync.EVERYSEC, "≥ 2"), new Safety(Sync.ALWAYS, Fsync.ALWAYS, "≥ 1"));

        String words() {
            return sync.words() + "; AOF " + fsync.name().toLowerCase(Locale.ROOT);
        }
    }

    private record Beside(Safety safety, String what, double ours, Result bullMq) {
        List<String> cells() {
            return List.of(
                    safety.words(),
                    what,
                    Section.number(ours),
                    Section.number(bullMq.perSecond()),
                    Section.times(ours, bullMq.perSecond()),
                    safety.target());
        }
    }

    Section measure() throws IOException, InterruptedException {
        if (effort.beside() == 0) {
            return notMeasured("not measured: this is a quick run");
        }
        try (BullMqRuns runs = BullMqRuns.install()) {
            return section(measured(runs));
        } catch (UnavailableException e) {
            return notMeasured(e.getMessage().lines().findFirst().orElse("not measured"));
        }
    }

    private static Section notMeasured(String reason) {
        Section section = new Section(TITLE, "Needs Node, npm and a redis-server.", "what", "why");
        section.row("BullMQ", reason);
        return section;
    }

    private List<Beside> measured(BullMqRuns runs) throws IOException, InterruptedException {
        List<Beside> all = new ArrayList<>();
        for (Safety safety : Safety.EACH) {
            Load bulk = Load.bulk(effort.beside(), PRODUCERS, TypicalJobs.BYTES);
            all.add(new Beside(safety, "bulk submit", submits.bulk(safety.sync()), runs.run(safety.fsync(), bulk)));
            for (int concurrency : JobWork.CONCURRENCIES) {
                Load process = Load.process(effort.beside(), concurrency, TypicalJobs.BYTES);
                all.add(new Beside(
                        safety,
                        "end to end, concurrency " + concurrency,
                        work.rate(safety.sync(), concurrency),
                        runs.run(safety.fsync(), process)));
            }
        }
        return all;
    }

    private Section section(List<Beside> measured) {
        Section section = new Section(
                TITLE,
                measured.get(0).bullMq().versions() + "; one process of Node, " + effort.beside()
                        + " jobs of the same payload and result, after a tenth of them to warm up. Redis forces its"
                        + " append-only file to the disk each second, beside the broker's default sync, or before it"
                        + " answers, beside `sync_interval: always`. The SDK's rates are those of the tables above.",
                "durability",
                "what",
                "SDK jobs/s",
                "BullMQ jobs/s",
                "SDK / BullMQ",
                "target");
        measured.forEach(beside -> section.rows().add(beside.cells()));
        return section;
    }
}
