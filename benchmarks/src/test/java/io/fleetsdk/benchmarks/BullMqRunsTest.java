package io.fleetsdk.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.abort;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.benchmarks.BullMqRuns.Load;
import io.fleetsdk.benchmarks.BullMqRuns.Result;
import io.fleetsdk.benchmarks.RedisServer.Fsync;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BullMqRunsTest {
    private static final int JOBS = 500;
    private static final int BYTES = 400;

    @Test
    void jobsAreAddedAndProcessed() throws Exception {
        try (BullMqRuns runs = installed()) {
            assertMeasured(runs.run(Fsync.EVERYSEC, Load.bulk(JOBS, 1, BYTES)));
            assertMeasured(runs.run(Fsync.ALWAYS, Load.single(JOBS, 4, BYTES)));
            assertMeasured(runs.run(Fsync.EVERYSEC, Load.process(JOBS, 16, BYTES)));
            assertMeasured(
                    runs.run(Fsync.EVERYSEC, Load.process(JOBS, 16, BYTES).inProcesses(2)));
        }
    }

    @Test
    void theLatencyComesAsPercentiles() throws Exception {
        try (BullMqRuns runs = installed()) {
            Result result = runs.run(Fsync.EVERYSEC, Load.latency(50, 16, BYTES));

            assertThat(result.p50Millis()).isPresent();
            assertThat(result.p99Millis().getAsDouble())
                    .isGreaterThanOrEqualTo(result.p50Millis().getAsDouble());
        }
    }

    @Test
    void aRunThatFailsSaysWhyAndLeavesNothingRunning() throws Exception {
        try (BullMqRuns runs = installed()) {
            List<ProcessHandle> before = ProcessHandle.current().descendants().toList();
            Load impossible = Load.latency(50, 16, BYTES).inProcesses(2);

            assertThatThrownBy(() -> runs.run(Fsync.EVERYSEC, impossible)).hasMessageContaining("needs one process");
            assertThat(ProcessHandle.current().descendants()).isSubsetOf(before);
        }
    }

    @Test
    void aMissingProgramIsTheReasonNotToMeasure(@TempDir Path directory) {
        assertThatThrownBy(() -> Program.start(directory, "no-such-server", List.of()))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("not measured: no-such-server is not installed");
    }

    private static BullMqRuns installed() throws Exception {
        try {
            return BullMqRuns.install();
        } catch (UnavailableException e) {
            return abort(e.getMessage());
        }
    }

    private static void assertMeasured(Result result) {
        assertThat(result.seconds()).isPositive();
        assertThat(result.perSecond()).isPositive();
        assertThat(result.versions()).contains("bullmq:", "redis:", "node:");
        assertThat(result.p50Millis()).isEmpty();
    }
}
