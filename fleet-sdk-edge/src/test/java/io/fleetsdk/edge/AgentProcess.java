package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.nats.NatsRobotLink;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.telemetry.TelemetrySample;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/** An agent in a process of its own, to be killed. Its driver writes what it does to a file. */
final class AgentProcess implements AutoCloseable {
    private final Process process;

    private AgentProcess(Process process) {
        this.process = process;
    }

    static AgentProcess start(String url, String robot, Path directory) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-XX:TieredStopAtLevel=1",
                        AgentProcess.class.getName(),
                        url,
                        robot,
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        return new AgentProcess(process);
    }

    public static void main(String[] args) throws InterruptedException {
        NatsOptions options = TestFleets.options(args[0]);
        RobotConfig config = LiveAgent.config(args[1]);
        Path directory = Path.of(args[2]);
        try (FileSequence sequence = FileSequence.open(directory.resolve("sequence"));
                RobotLink link = NatsRobotLink.connect(options, config.robotId(), config.zoneId(), sequence);
                RobotAgent agent = RobotAgent.builder(config, new WritingDriver(directory), link, directory)
                        .build()) {
            agent.start();
            Thread.currentThread().join();
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private record WritingDriver(Path directory) implements RobotDriver {
        @Override
        public DriverStatus status() {
            return DriverStatus.of(RobotState.IDLE);
        }

        @Override
        public TelemetrySample telemetry() {
            return TelemetrySample.builder().position(0, 0, 0).build();
        }

        @Override
        public SettingsOutcome applySettings(JsonObject desired) {
            return SettingsOutcome.applied(desired);
        }

        @Override
        public CommandOutcome execute(Command command, CommandContext context) throws InterruptedException {
            write("executed " + command.commandId());
            return command.type().equals("beep") || !context.awaitStop(Duration.ofMinutes(5))
                    ? CommandOutcome.completed()
                    : CommandOutcome.cancelled();
        }

        @Override
        public void emergencyStop() {
            write("stop");
        }

        @Override
        public void releaseEmergencyStop() {
            write("release");
        }

        private void write(String line) {
            try {
                Files.writeString(
                        directory.resolve("driver"), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
