package io.fleetsdk.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.robot.RobotId;
import io.fleetsdk.tck.AgentUnderTest;
import io.fleetsdk.tck.ConformanceReport;
import io.fleetsdk.tck.Profile;
import io.fleetsdk.tck.Verdict;
import io.fleetsdk.testing.NatsServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The reference agent, as a process of its own, against the written protocol. */
class AgentConformanceTest {
    private static final RobotId ROBOT = RobotId.of("RB-001");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void theSimulatedRobotKeepsEveryRuleThatIsVerified() throws Exception {
        ConformanceReport report = reportOn("--simulate");

        assertThat(report.with(Verdict.FAILED)).isEmpty();
        assertThat(report.with(Verdict.SKIPPED)).isEmpty();
    }

    @Test
    void theReplayRobotKeepsEveryRuleAndIsNotAskedForWorkThatTakesTime() throws Exception {
        ConformanceReport report = reportOn("--replay");

        assertThat(report.with(Verdict.FAILED)).isEmpty();
        assertThat(report.with(Verdict.SKIPPED).stream()
                        .map(result -> result.rule().id()))
                .containsExactly("FP-CMD-12", "FP-CMD-13", "FP-EST-3");
    }

    private ConformanceReport reportOn(String body) throws InterruptedException {
        List<String> arguments = List.of("--robot", ROBOT.value(), body, "--data-dir", directory.toString());
        try (NatsServer broker = NatsServer.start();
                AgentProcess agent = AgentProcess.start(
                        directory,
                        Stream.concat(arguments.stream(), Stream.of("--nats", broker.url()))
                                .toList())) {
            agent.awaitReady();
            return Profile.BASIC.verify(AgentUnderTest.of(ROBOT, broker.url()), Set.of());
        }
    }
}
