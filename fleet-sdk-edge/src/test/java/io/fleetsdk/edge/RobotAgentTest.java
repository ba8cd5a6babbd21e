package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandHandle;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.testing.FleetExtension;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RobotAgentTest {
    @RegisterExtension
    static final FleetExtension fleets = FleetExtension.connecting(url -> {
        NatsOptions options =
                NatsOptions.builder().server(url).topology(LiveAgent.SMALL).build();
        NatsFleet.applyTopology(options);
        return NatsFleet.connect(options);
    });

    @TempDir
    Path directory;

    @Test
    void aRobotReportsAndObeys(Fleet fleet) {
        NatsOptions options = NatsOptions.builder()
                .server(fleets.server().url())
                .topology(LiveAgent.SMALL)
                .build();
        try (LiveAgent agent = LiveAgent.started(options, "RB-1", directory)) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> fleet.robots()
                            .find(RobotId.of("RB-1"))
                            .flatMap(robot -> robot.status())
                            .isPresent());
            CommandHandle handle = fleet.commands().send(RobotId.of("RB-1"), CommandRequest.of("beep"));
            CommandExecution end = handle.await(Duration.ofSeconds(10));
            System.out.println(end);
            System.out.println(agent.agent.statistics());
            assertThat(end.state()).isEqualTo(CommandState.COMPLETED);
        }
    }
}
