package io.fleetsdk.agent;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.edge.FileSequence;
import io.fleetsdk.edge.RobotAgent;
import io.fleetsdk.edge.RobotConfig;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.nats.NatsRobotLink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** The reference agent as a program. */
public final class AgentMain {
    private static final int DONE = 0;
    private static final int BROKEN = 1;
    private static final int INPUT_AT_FAULT = 2;

    private AgentMain() {}

    public static void main(String[] args) {
        Lifetime lifetime = Lifetime.untilSignal();
        lifetime.end(run(lifetime, args));
    }

    private static int run(Lifetime lifetime, String... args) {
        try {
            AgentArguments arguments = new AgentArguments();
            CommandLine line = new CommandLine(arguments);
            line.parseArgs(args);
            if (line.isUsageHelpRequested()) {
                line.usage(System.out);
                return DONE;
            }
            if (arguments.exitWithStdin) {
                lifetime.orEndOf(System.in);
            }
            live(AgentConfig.of(arguments), lifetime);
            return DONE;
        } catch (ParameterException | InvalidInputException | ConflictException e) {
            return refused(String.valueOf(e.getMessage()));
        } catch (UncheckedIOException e) {
            return refused(e.getMessage() + ": " + e.getCause());
        } catch (InterruptedException | RuntimeException e) {
            LoggerFactory.getLogger(AgentMain.class).error("the agent has failed", e);
            return BROKEN;
        }
    }

    private static void live(AgentConfig config, Lifetime lifetime) throws InterruptedException {
        Logger log = LoggerFactory.getLogger(AgentMain.class);
        RobotConfig robot = config.robot();
        create(config.directory());
        try (BodyClock clock = BodyClock.start(config.body());
                FileSequence sequence = FileSequence.open(config.directory().resolve("sequence"));
                RobotLink link = NatsRobotLink.connect(config.broker(), robot.robotId(), robot.zoneId(), sequence);
                RobotAgent agent = RobotAgent.builder(robot, config.body(), link, config.directory())
                        .build()) {
            agent.start();
            System.out.println(
                    "ready: " + robot.robotId() + ", " + robot.identity().model());
            lifetime.awaitEnd();
        }
        log.info("{} has stopped", robot.robotId());
    }

    private static void create(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("--data-dir " + directory + " cannot be made", e);
        }
    }

    private static int refused(String reason) {
        System.err.println("reference-agent: " + reason);
        return INPUT_AT_FAULT;
    }
}
