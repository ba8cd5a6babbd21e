package io.fleetsdk.edge;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.nats.NatsRobotLink;
import io.fleetsdk.robot.RobotId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** An agent with its link and its files, to be started, ended and started again. */
final class LiveAgent implements AutoCloseable {
    final RobotConfig config;
    final ObedientDriver driver = new ObedientDriver();
    final FileSequence sequence;
    final RobotLink link;
    final RobotAgent agent;

    private LiveAgent(NatsOptions options, RobotConfig config, Path directory, Clock clock) {
        this.config = config;
        sequence = FileSequence.open(directory.resolve("sequence"));
        link = NatsRobotLink.connect(options, config.robotId(), config.zoneId(), sequence);
        agent = RobotAgent.builder(config, driver, link, directory).clock(clock).build();
    }

    static LiveAgent of(NatsOptions options, String robot, Path directory) {
        return of(options, robot, directory, Clock.systemUTC());
    }

    static LiveAgent of(NatsOptions options, String robot, Path directory, Clock clock) {
        return new LiveAgent(options, config(robot), directory, clock);
    }

    static LiveAgent started(NatsOptions options, String robot, Path directory) {
        LiveAgent agent = of(options, robot, directory);
        agent.agent.start();
        return agent;
    }

    static RobotConfig config(String robot) {
        JsonObject document = new JacksonCodec().decode(CONFIG.getBytes(StandardCharsets.UTF_8), JsonObject.class);
        return RobotConfig.from(document).withRobotId(RobotId.of(robot)).withHeartbeat(Duration.ofMillis(500));
    }

    static final String CONFIG = """
            {
              "robotId": "RB-1",
              "zoneId": "hall-2",
              "identity": {
                "model": "Carrier", "vendor": "Example", "firmwareVersion": "1.2.3", "serialNumber": "S-1"
              },
              "dimensions": { "length": 0.9, "width": 0.6, "mass": 40 },
              "motors": [{ "name": "left", "maxSpeed": 20 }, { "name": "right", "maxSpeed": 20 }],
              "io": [{ "name": "bumper", "direction": "INPUT", "signal": "DIGITAL" }],
              "capabilities": {
                "maxSpeed": 1.5,
                "sensors": ["lidar"],
                "commands": [
                  { "type": "beep" },
                  { "type": "crash" },
                  { "type": "watch", "cancellable": true },
                  {
                    "type": "drive",
                    "cancellable": true,
                    "parameters": { "type": "object", "properties": { "speed": { "type": "number", "maximum": 1.5 } } }
                  }
                ],
                "settingsSchema": {
                  "type": "object",
                  "properties": { "maxSpeed": { "type": "number", "minimum": 0.1, "maximum": 1.5 } }
                }
              },
              "runtime": { "mode": "MOCK" }
            }
            """;

    @Override
    public void close() {
        agent.close();
        link.close();
        sequence.close();
    }
}
