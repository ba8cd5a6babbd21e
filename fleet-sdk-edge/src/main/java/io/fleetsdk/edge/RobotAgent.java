package io.fleetsdk.edge;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.link.RobotLink;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * A robot's agent: everything between a {@link RobotDriver} and a {@link RobotLink}.
 *
 * <pre>{@code
 * RobotConfig config = RobotConfig.read(Path.of("robot_config.json"), new JacksonCodec());
 * try (FileSequence sequence = FileSequence.open(data.resolve("sequence"));
 *         RobotLink link = NatsRobotLink.connect(options, config.robotId(), config.zoneId(), sequence);
 *         RobotAgent agent = RobotAgent.builder(config, driver, link, data).build()) {
 *     agent.start();
 *     stopped.await();
 * }
 * }</pre>
 *
 * <p>It needs no connection to start: an emergency stop latched before the restart holds the robot again before anything else
 * happens, the settings last applied are applied, and commands accepted and not begun are carried out. What a crash interrupted
 * is reported as FAILED and not run again. While there is no connection, telemetry and heartbeats are dropped and counted;
 * answers to commands and reported settings are kept and sent later.
 *
 * <p>Thread-safe.
 */
public final class RobotAgent implements AutoCloseable {
    private final Builder options;
    private final GuardedDriver driver;
    private @Nullable RunningAgent running;
    private boolean closed;

    private RobotAgent(Builder options) {
        this.options = options;
        this.driver = new GuardedDriver(options.driver);
    }

    /**
     * @param config who the robot is
     * @param driver its body; the agent closes it
     * @param link its connection; stays the caller's, who closes it after the agent
     * @param directory where the agent keeps what has to survive a restart; made if absent; for this robot alone
     */
    public static Builder builder(RobotConfig config, RobotDriver driver, RobotLink link, Path directory) {
        return new Builder(config, driver, link, directory);
    }

    /**
     * Starts. Once only.
     *
     * @throws io.fleetsdk.ConflictException if another agent uses the directory
     * @throws java.io.UncheckedIOException if the directory cannot be read or written
     * @throws IllegalStateException if this was started or closed before
     */
    public synchronized void start() {
        if (running != null || closed) {
            throw new IllegalStateException("an agent starts once");
        }
        running = RunningAgent.start(options, driver);
    }

    /** Counts since the start; all 0 before. */
    public synchronized AgentStatistics statistics() {
        return Optional.ofNullable(running).map(RunningAgent::statistics).orElse(new AgentStatistics(0, 0, 0));
    }

    /**
     * Stops: takes no further command, asks the running one to stop and waits up to 10 s for it, says goodbye, and closes the
     * driver. Idempotent; throws nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        if (running != null) {
            running.close();
        }
        driver.close();
    }

    /** Collects options. Not thread-safe. */
    public static final class Builder {
        final RobotConfig config;
        final RobotDriver driver;
        final RobotLink link;
        final Path directory;
        Clock clock = Clock.systemUTC();
        ThreadFactory threads = new DaemonThreads();
        int waitingCommands = 16;

        private Builder(RobotConfig config, RobotDriver driver, RobotLink link, Path directory) {
            this.config = config;
            this.driver = driver;
            this.link = link;
            this.directory = directory;
        }

        /** The time used for deadlines and in records. Default: the system's. */
        public Builder clock(Clock source) {
            clock = source;
            return this;
        }

        /** Makes the agent's two threads. Default: daemon threads named after the robot's agent. */
        public Builder threads(ThreadFactory factory) {
            threads = factory;
            return this;
        }

        /** How many accepted commands may wait while one runs, 0 to 1,000; more are rejected. Default: 16. */
        public Builder waitingCommands(int most) {
            if (most < 0 || most > 1000) {
                throw new InvalidInputException("waitingCommands", most, "must be from 0 to 1000");
            }
            waitingCommands = most;
            return this;
        }

        public RobotAgent build() {
            return new RobotAgent(this);
        }
    }
}
