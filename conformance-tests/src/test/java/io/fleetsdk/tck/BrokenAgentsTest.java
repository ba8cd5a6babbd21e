package io.fleetsdk.tck;

import static java.nio.charset.StandardCharsets.UTF_8;
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
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

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
                broken("has another robotId in its samples", "FP-ENV-5", "robotId is 'RB-other'", OtherRobotId::new),
                broken("sends samples without messageId", "FP-ENV-3", "messageId", NoMessageId::new),
                broken("counts backwards", "FP-ENV-8", "seq 1 came after", LowerSeq::new),
                broken("sends samples that are not JSON", "FP-ENV-1", "it is not JSON", NotJson::new),
                broken("writes local times", "FP-ENV-6", "sentAt", LocalTime::new),
                broken("adds members of its own", "FP-VER-3", "member 'operator'", OwnMember::new),
                broken("never answers", "FP-CMD-4", "identify was not answered within 2.0 s", Mute::new),
                broken("names no command in its answers", "FP-CMD-3", "correlationId is missing", NoCorrelation::new),
                broken("sends no header with the message id", "FP-ENV-4", "Nats-Msg-Id is other", OtherHeader::new),
                broken("publishes a channel it has not announced", "FP-CAP-6", "'lidar'", SecretChannel::new),
                broken("takes any command for done", "FP-CMD-6", "answered with ACCEPTED", YesSayer::new),
                broken(
                        "cannot cancel what it says it can",
                        "FP-CMD-13",
                        "although its cancel was REJECTED",
                        Stubborn::new),
                broken("carries out a repeated command again", "FP-CMD-8", "carried out again: ACCEPTED", Twice::new),
                broken("takes other content for a repetition", "FP-CMD-9", "another payload", Careless::new),
                broken("looks at no deadline before it begins", "FP-CMD-11", "ACCEPTED, COMPLETED", Belated::new),
                broken("lets work go on past its deadline", "FP-CMD-12", "went on past its deadline", Overtime::new),
                broken("obeys a later version", "FP-VER-1", "payloadVersion 2 was answered", AnyVersion::new),
                broken("reports no appliedRevision", "FP-SET-5", "was not reported", NoRevision::new),
                broken("applies older settings", "FP-SET-7", "appliedRevision fell", Forgetful::new),
                broken("has no heartbeat", "FP-STA-2", "no status was heard", NoHeartbeat::new),
                broken("sends its heartbeats when it likes", "FP-STA-2", "no status for", RareHeartbeat::new),
                broken("sends a status that breaks the schema", "FP-STA-1", "battery", OddStatus::new),
                broken("ignores an emergency stop", "FP-EST-2", "no status with emergencyStop true", Reckless::new),
                broken("obeys a release as old as the stop", "FP-EST-5", "freed the robot", EasilyFreed::new),
                broken("takes commands while it is stopped", "FP-EST-6", "ACCEPTED, RUNNING", Moving::new),
                broken("promises a command's parameters wrongly", "FP-CAP-5", "parameters of wait", BadSchema::new));
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

    /** One that offers no command to work with, so that the run is short. */
    private static class Idle extends SmallAgent {
        Idle(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode capability() {
            ObjectNode capability = super.capability();
            capability.putArray("commands");
            return capability;
        }
    }

    private static class OtherRobotId extends Idle {
        OtherRobotId(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode envelope(String type, ObjectNode payload) {
            ObjectNode envelope = super.envelope(type, payload);
            return type.equals("telemetry") ? envelope.put("robotId", "RB-other") : envelope;
        }
    }

    private static class NoMessageId extends Idle {
        NoMessageId(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode envelope(String type, ObjectNode payload) {
            ObjectNode envelope = super.envelope(type, payload);
            if (type.equals("telemetry")) {
                envelope.remove("messageId");
            }
            return envelope;
        }
    }

    private static class LowerSeq extends Idle {
        LowerSeq(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        long nextSeq(String type) {
            long next = super.nextSeq(type);
            return type.equals("status") && next % 4 == 0 ? 1 : next + 1;
        }
    }

    private static class NotJson extends Idle {
        NotJson(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void sendSample() {
            publish("robots.telemetry." + id, "none", "battery=80".getBytes(UTF_8));
        }
    }

    private static class LocalTime extends Idle {
        LocalTime(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode envelope(String type, ObjectNode payload) {
            return super.envelope(type, payload).put("sentAt", "2026-01-31T12:00:00.000");
        }
    }

    private static class OwnMember extends Idle {
        OwnMember(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode envelope(String type, ObjectNode payload) {
            return super.envelope(type, payload).put("operator", "kim");
        }
    }

    private static class Mute extends Idle {
        Mute(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void ack(String commandId, String state, String why) {}
    }

    private static class NoCorrelation extends Idle {
        NoCorrelation(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void publish(String subject, ObjectNode envelope) {
            envelope.remove("correlationId");
            super.publish(subject, envelope);
        }
    }

    private static class OtherHeader extends Idle {
        OtherHeader(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void publish(String subject, String messageId, byte[] body) {
            super.publish(subject, "other", body);
        }
    }

    private static class SecretChannel extends Idle {
        SecretChannel(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void sendSample() {
            super.sendSample();
            send(
                    "robots.telemetry." + id + ".lidar",
                    "telemetry",
                    HubMessage.object().put("range", 3));
        }
    }

    private static class YesSayer extends Idle {
        YesSayer(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                void unknown(String id, String type) {
                    say(id, "ACCEPTED", "");
                    say(id, "COMPLETED", "");
                }
            };
        }
    }

    private static class Stubborn extends SmallAgent {
        Stubborn(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                boolean isRunning(String target) {
                    return false;
                }
            };
        }
    }

    private static class Twice extends Idle {
        Twice(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                void again(JsonNode command, String state) {
                    begin(
                            command,
                            command.path("commandId").asString(),
                            command.path("type").asString());
                }
            };
        }
    }

    private static class Careless extends Idle {
        Careless(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                boolean isSame(String content, String known) {
                    return true;
                }
            };
        }
    }

    private static class Belated extends Idle {
        Belated(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                boolean isExpired(JsonNode command) {
                    return false;
                }
            };
        }
    }

    private static class Overtime extends SmallAgent {
        Overtime(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                void expireInTime(JsonNode command, String id) {}
            };
        }

        @Override
        double waitSeconds() {
            return 2.5;
        }
    }

    private static class AnyVersion extends Idle {
        AnyVersion(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        boolean isKnownVersion(JsonNode envelope) {
            return true;
        }
    }

    private static class NoRevision extends Idle {
        NoRevision(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void send(String subject, String type, ObjectNode payload) {
            payload.remove("appliedRevision");
            super.send(subject, type, payload);
        }
    }

    private static class Forgetful extends Idle {
        Forgetful(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        boolean isNewerSettings(long revision, long known) {
            return true;
        }
    }

    private static class NoHeartbeat extends Idle {
        NoHeartbeat(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void heartbeat() {
            sendSample();
        }
    }

    private static class RareHeartbeat extends Idle {
        private int beats;

        RareHeartbeat(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void heartbeat() {
            sendSample();
            if (beats++ % 10 == 0) {
                sendStatus();
            }
        }
    }

    private static class OddStatus extends Idle {
        OddStatus(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void send(String subject, String type, ObjectNode payload) {
            super.send(subject, type, type.equals("status") ? payload.put("battery", 120) : payload);
        }
    }

    private static class Reckless extends Idle {
        Reckless(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        void onStop(JsonNode message) {}
    }

    private static class EasilyFreed extends Idle {
        EasilyFreed(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        boolean isNewerStop(long revision, long known) {
            return revision >= known;
        }
    }

    private static class Moving extends SmallAgent {
        Moving(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        SmallCommands commands() {
            return new SmallCommands(this) {
                @Override
                boolean isHeld() {
                    return false;
                }
            };
        }
    }

    private static class BadSchema extends Idle {
        BadSchema(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        ObjectNode capability() {
            ObjectNode capability = super.capability();
            ObjectNode command = capability.putArray("commands").addObject();
            command.put("type", "wait")
                    .put("cancellable", true)
                    .putObject("parameters")
                    .put("type", "nothing");
            return capability;
        }
    }
}
