package io.fleetsdk.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.robot.RobotId;
import io.fleetsdk.testing.NatsServer;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Execution(ExecutionMode.CONCURRENT)
class BrokenAgentsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static NatsServer broker;

    /** Makes an agent that is connected to the broker. */
    private interface Make {
        SmallAgent at(String broker) throws IOException, InterruptedException;
    }

    @BeforeAll
    static void startBroker() {
        broker = NatsServer.start();
    }

    @AfterAll
    static void stopBroker() {
        broker.close();
    }

    @Test
    void aSmallCorrectAgentPassesEveryRuleThatIsVerified() throws Exception {
        ConformanceReport report = report(SmallAgent::new);

        assertThat(report.with(Verdict.FAILED)).isEmpty();
        assertThat(report.with(Verdict.SKIPPED)).isEmpty();
        assertThat(report.isConformant()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("brokenAgents")
    void anAgentThatBreaksARuleFailsThatRuleAndNoOther(Make agent, String ruleId, String message) throws Exception {
        ConformanceReport report = report(agent);

        assertThat(report.with(Verdict.FAILED)).singleElement().satisfies(failed -> {
            assertThat(failed.rule().id()).isEqualTo(ruleId);
            assertThat(failed.reason()).contains(message);
            assertThat(failed.ifThisFails()).isNotBlank();
        });
        assertThat(report.isConformant()).isFalse();
    }

    static Stream<Arguments> brokenAgents() {
        return Stream.of(
                broken(
                        "has another robotId in its samples",
                        "FP-ENV-5",
                        "robotId is 'RB-other'",
                        BrokenAgents.OtherRobotId::new),
                broken("sends samples without messageId", "FP-ENV-3", "messageId", BrokenAgents.NoMessageId::new),
                broken("counts backwards", "FP-ENV-8", "seq 1 came after", BrokenAgents.LowerSeq::new),
                broken("sends samples that are not JSON", "FP-ENV-1", "it is not JSON", BrokenAgents.NotJson::new),
                broken("writes local times", "FP-ENV-6", "sentAt", BrokenAgents.LocalTime::new),
                broken("adds members of its own", "FP-VER-3", "member 'operator'", BrokenAgents.OwnMember::new),
                broken("never answers", "FP-CMD-4", "identify was not answered within 2.0 s", BrokenAgents.Mute::new),
                broken(
                        "names no command in its answers",
                        "FP-CMD-3",
                        "correlationId is missing",
                        BrokenAgents.NoCorrelation::new),
                broken(
                        "sends no header with the message id",
                        "FP-ENV-4",
                        "Nats-Msg-Id is other",
                        BrokenAgents.OtherHeader::new),
                broken(
                        "publishes a channel it has not announced",
                        "FP-CAP-6",
                        "'lidar'",
                        BrokenAgents.SecretChannel::new),
                broken("takes any command for done", "FP-CMD-6", "answered with ACCEPTED", BrokenAgents.YesSayer::new),
                broken(
                        "cannot cancel what it says it can",
                        "FP-CMD-13",
                        "although its cancel was REJECTED",
                        BrokenAgents.Stubborn::new),
                broken(
                        "carries out a repeated command again",
                        "FP-CMD-8",
                        "carried out again: ACCEPTED",
                        BrokenAgents.Twice::new),
                broken(
                        "takes other content for a repetition",
                        "FP-CMD-9",
                        "another payload",
                        BrokenAgents.Careless::new),
                broken(
                        "looks at no deadline before it begins",
                        "FP-CMD-11",
                        "ACCEPTED, COMPLETED",
                        BrokenAgents.Belated::new),
                broken(
                        "lets work go on past its deadline",
                        "FP-CMD-12",
                        "went on past its deadline",
                        BrokenAgents.Overtime::new),
                broken(
                        "obeys a later version",
                        "FP-VER-1",
                        "payloadVersion 2 was answered",
                        BrokenAgents.AnyVersion::new),
                broken("reports no appliedRevision", "FP-SET-5", "was not reported", BrokenAgents.NoRevision::new),
                broken("applies older settings", "FP-SET-7", "appliedRevision fell", BrokenAgents.Forgetful::new),
                broken("has no heartbeat", "FP-STA-2", "no status was heard", BrokenAgents.NoHeartbeat::new),
                broken(
                        "sends its heartbeats when it likes",
                        "FP-STA-2",
                        "no status for",
                        BrokenAgents.RareHeartbeat::new),
                broken("sends a status that breaks the schema", "FP-STA-1", "battery", BrokenAgents.OddStatus::new),
                broken(
                        "ignores an emergency stop",
                        "FP-EST-2",
                        "no status with emergencyStop true",
                        BrokenAgents.Reckless::new),
                broken(
                        "obeys a release as old as the stop",
                        "FP-EST-5",
                        "freed the robot",
                        BrokenAgents.EasilyFreed::new),
                broken("takes commands while it is stopped", "FP-EST-6", "ACCEPTED, RUNNING", BrokenAgents.Moving::new),
                broken(
                        "promises a command's parameters wrongly",
                        "FP-CAP-5",
                        "parameters of wait",
                        BrokenAgents.BadSchema::new));
    }

    private static Arguments broken(String what, String ruleId, String message, Make agent) {
        return Arguments.of(Named.of(what, agent), ruleId, message);
    }

    private static ConformanceReport report(Make make) throws IOException, InterruptedException {
        try (SmallAgent agent = make.at(broker.url())) {
            agent.start();
            AgentUnderTest tried =
                    AgentUnderTest.of(RobotId.of(agent.id), broker.url()).withTimeout(TIMEOUT);
            return Profile.BASIC.verify(tried, Set.of());
        }
    }
}
