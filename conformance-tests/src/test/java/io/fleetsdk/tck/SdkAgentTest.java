package io.fleetsdk.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.command.Command;
import io.fleetsdk.edge.CommandContext;
import io.fleetsdk.edge.CommandOutcome;
import io.fleetsdk.edge.DriverStatus;
import io.fleetsdk.edge.FileSequence;
import io.fleetsdk.edge.RobotAgent;
import io.fleetsdk.edge.RobotConfig;
import io.fleetsdk.edge.RobotDriver;
import io.fleetsdk.edge.SettingsOutcome;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.nats.NatsRobotLink;
import io.fleetsdk.robot.CommandCapability;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.TelemetrySample;
import io.fleetsdk.testing.NatsServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a vendor gets who builds on the edge module. */
class SdkAgentTest {
    private static final RobotId ROBOT = RobotId.of("RB-sdk");

    @TempDir
    Path directory;

    @Test
    void anAgentBuiltOnTheSdkKeepsEveryRuleThatIsVerified() throws Exception {
        try (NatsServer broker = NatsServer.start()) {
            NatsOptions options = NatsOptions.builder()
                    .server(broker.url())
                    .topology(FleetTopology.defaults().withByteBudget(1L << 30))
                    .build();
            NatsFleet.applyTopology(options);
            RobotConfig config = config();
            try (FileSequence sequence = FileSequence.open(directory.resolve("sequence"));
                    RobotLink link = NatsRobotLink.connect(options, ROBOT, config.zoneId(), sequence);
                    RobotAgent agent = RobotAgent.builder(config, new Waiter(), link, directory)
                            .build()) {
                agent.start();

                ConformanceReport report = Profile.BASIC.verify(
                        AgentUnderTest.of(ROBOT, broker.url()).withTimeout(Duration.ofSeconds(5)), Set.of());

                assertThat(report.with(Verdict.FAILED)).isEmpty();
                assertThat(report.with(Verdict.SKIPPED)).isEmpty();
            }
        }
    }

    private static RobotConfig config() {
        JsonObject seconds = JsonObject.of("type", "object")
                .with("required", List.of("seconds"))
                .with("properties", Map.of("seconds", Map.of("type", "number")))
                .with(HarmlessCommand.ANNOTATION, Map.of("seconds", 1.5));
        RobotCapability capability = new RobotCapability(
                "1.0",
                List.of(new CommandCapability("wait", Optional.empty(), seconds, true)),
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                List.of(),
                false,
                false,
                List.of(),
                JsonObject.of("additionalProperties", false));
        RobotIdentity identity = new RobotIdentity("Waiter", "Tests", "1.0", Optional.empty(), JsonObject.empty());
        return RobotConfig.of(ROBOT, identity, capability, RobotConfig.Mode.MOCK)
                .withHeartbeat(Duration.ofMillis(300));
    }

    /** A body that can wait. */
    private static final class Waiter implements RobotDriver {
        @Override
        public DriverStatus status() {
            return DriverStatus.of(RobotState.IDLE);
        }

        @Override
        public TelemetrySample telemetry() {
            return TelemetrySample.builder().battery(50).build();
        }

        @Override
        public SettingsOutcome applySettings(JsonObject desired) {
            return SettingsOutcome.applied(desired);
        }

        @Override
        public CommandOutcome execute(Command command, CommandContext context) throws InterruptedException {
            double seconds = command.payload().number("seconds").orElseThrow();
            boolean stopped = context.awaitStop(Duration.ofMillis((long) (seconds * 1000)));
            return stopped ? CommandOutcome.cancelled() : CommandOutcome.completed();
        }

        @Override
        public void emergencyStop() {}

        @Override
        public void releaseEmergencyStop() {}
    }
}
