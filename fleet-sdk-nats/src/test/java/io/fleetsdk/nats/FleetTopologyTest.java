package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.TopologyPlan.Difference;
import io.fleetsdk.nats.TopologyPlan.Standing;
import io.fleetsdk.robot.MetadataUpdate;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.testing.NatsServer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetTopologyTest {
    private NatsServer server;

    @BeforeEach
    void startServer() {
        server = NatsServer.start();
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void createsWhatIsMissingAndThenFindsNothingToDo() {
        NatsOptions options = options(FleetTopology.defaults());
        int all = NatsFleet.planTopology(options).with(Standing.MISSING).size();

        assertThat(NatsFleet.applyTopology(options).with(Standing.CREATED)).hasSize(all);

        TopologyPlan again = NatsFleet.applyTopology(options);
        assertThat(again.with(Standing.MATCHES)).hasSize(all).hasSize(22);
        assertThat(again.isSatisfied()).isTrue();
    }

    @Test
    void reportsDriftAndLeavesItAsItIs() {
        NatsFleet.applyTopology(options(FleetTopology.defaults()));
        NatsOptions stricter = options(FleetTopology.defaults()
                .withStream(
                        FleetStream.ROBOT_ACKS,
                        stream -> stream.maxAge(Duration.ofHours(1)).maxPerSubject(5)));

        TopologyPlan plan = NatsFleet.applyTopology(stricter);

        assertThat(plan.isSatisfied()).isFalse();
        assertThat(plan.with(Standing.DIFFERS)).hasSize(1);
        assertThat(plan.with(Standing.DIFFERS).get(0).name()).isEqualTo("ROBOT_ACKS");
        assertThat(plan.with(Standing.DIFFERS).get(0).differences())
                .containsExactly(new Difference("maxAge", "PT1H", "PT24H"), new Difference("maxPerSubject", "5", "-1"));
        assertThat(NatsFleet.planTopology(options(FleetTopology.defaults())).isSatisfied())
                .isTrue();
    }

    @Test
    void namesReplicasAndLimitsAreADeploymentsChoice() {
        FleetTopology own = FleetTopology.defaults()
                .withStream(FleetStream.ROBOT_TELEMETRY, stream -> stream.name("PLANT_7_TELEMETRY"))
                .withBucket(FleetBucket.ROBOTS, bucket -> bucket.withName("PLANT_7_ROBOTS"));
        NatsFleet.applyTopology(options(own));
        try (NatsFleet fleet = NatsFleet.connect(options(own));
                WireRobot robot = new WireRobot(options(own), "RB-1")) {
            robot.measures(JsonObject.of("battery", 1));
            assertThat(fleet.telemetry().latest(robot.id(), TelemetryChannel.WHOLE))
                    .isPresent();
            assertThat(fleet.robots()
                            .update(
                                    robot.id(),
                                    MetadataUpdate.builder().displayName("x").build())
                            .name())
                    .isEqualTo("x");
        }
        assertThat(own.withReplicas(3).stream(FleetStream.ROBOT_COMMANDS).replicas())
                .isEqualTo(3);
        assertThatThrownBy(() -> own.withReplicas(2))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be 1, 3 or 5");
    }

    @Test
    void aSmallBudgetLeavesRoomForTheHeartbeatsOfAFleet() {
        FleetTopology small = FleetTopology.defaults().withByteBudget(4L << 30);

        assertThat(small.bucket(FleetBucket.ROBOT_STATE).maxBytes()).isGreaterThanOrEqualTo(64L << 20);
        assertThat(small.stream(FleetStream.ROBOT_TELEMETRY).maxBytes()).isBetween(2L << 30, 4L << 30);
        assertThat(small.bucket(FleetBucket.FLEET_CONFIG).maxBytes()).isEqualTo(10L << 20);
    }

    @Test
    void aBrokerWithoutRoomSaysWhatItCouldNotCreate() {
        NatsOptions options = options(
                FleetTopology.defaults().withStream(FleetStream.ROBOT_PROFILES, stream -> stream.maxBytes(1L << 50)));

        assertThatThrownBy(() -> NatsFleet.applyTopology(options))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("ROBOT_PROFILES")
                .hasMessageContaining("storage");
    }

    private NatsOptions options(FleetTopology topology) {
        return NatsOptions.builder().server(server.url()).topology(topology).build();
    }
}
