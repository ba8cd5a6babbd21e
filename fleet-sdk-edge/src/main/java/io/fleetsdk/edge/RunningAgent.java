package io.fleetsdk.edge;

import io.fleetsdk.Subscription;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.link.RobotLink;
import io.fleetsdk.link.RobotLink.Connection;
import io.fleetsdk.link.RobotLink.StopSignal;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.settings.DesiredSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An agent from its start to its end: the parts, and what calls what. */
final class RunningAgent {
    private static final Logger log = LoggerFactory.getLogger(RunningAgent.class);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final RobotConfig config;
    private final RobotLink link;
    private final Clock clock;
    private final GuardedDriver driver;
    private final CommandJournal journal;
    private final AnswerSender answers;
    private final EmergencyHold hold;
    private final CommandQueue queue;
    private final CommandWorker worker;
    private final CommandIntake intake;
    private final SettingsFollower settings;
    private final Reporter reporter;
    private final AgentThreads threads;
    private final FleetingMessages messages = new FleetingMessages();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Subscription commands = () -> {};

    private RunningAgent(RobotAgent.Builder options, GuardedDriver driver, JsonCodec json, CommandJournal journal) {
        this.config = options.config;
        this.link = options.link;
        this.clock = options.clock;
        this.driver = driver;
        this.journal = journal;
        Path directory = options.directory;
        SchemaCheck schemas = new SchemaCheck(json);
        answers = new AnswerSender(link, journal, this::later);
        hold = new EmergencyHold(
                driver, new StateFile<>(directory.resolve("estop.json"), StopLatches.class, json), clock);
        queue = new CommandQueue(options.waitingCommands, this::running);
        worker = new CommandWorker(driver, queue, journal, answers, hold, clock, this::somethingChanged);
        CommandRules rules = new CommandRules(config.capability(), schemas, driver, hold);
        intake = new CommandIntake(link, journal, answers, rules, queue, this::announce, clock);
        settings = new SettingsFollower(
                driver,
                config.capability().settingsSchema(),
                schemas,
                new StateFile<>(directory.resolve("settings.json"), AppliedSettings.class, json),
                document -> keep(link.publishReported(document)));
        reporter = new Reporter(config, driver, hold, queue, link, messages);
        threads = new AgentThreads(options.threads, worker);
    }

    static RunningAgent start(RobotAgent.Builder options, GuardedDriver driver) {
        try {
            Files.createDirectories(options.directory);
        } catch (IOException e) {
            throw new UncheckedIOException("agent directory " + options.directory + " cannot be made", e);
        }
        JsonCodec json = new JacksonCodec();
        CommandJournal journal = CommandJournal.open(
                options.directory.resolve("commands.journal"), json, options.clock, CommandJournal.Retention.DEFAULT);
        RunningAgent agent = new RunningAgent(options, driver, json, journal);
        try {
            agent.start();
            return agent;
        } catch (RuntimeException e) {
            agent.close();
            throw e;
        }
    }

    AgentStatistics statistics() {
        return new AgentStatistics(
                messages.stored(), messages.dropped(), journal.pending().size());
    }

    /** In this order: first what holds the robot, then what limits it, then what moves it, then the link that brings more. */
    private void start() {
        hold.restore();
        settings.restore();
        recover();
        subscriptions.add(link.onConnectionChange(this::connectionChanged));
        connectionChanged(link.connection());
        threads.startWorker();
        threads.every(config.telemetryPeriod(), reporter::telemetry);
        threads.every(config.heartbeat(), this::heartbeat);
        threads.every(TICK, this::tick);
        subscriptions.add(link.onEmergencyStop(this::emergencyStop));
        subscriptions.add(link.onDesiredSettings(this::desired));
        commands = link.onCommand(intake::receive);
        announce();
    }

    /** Takes up what the journal holds of the time before the restart. */
    private void recover() {
        for (JournalEntry entry : journal.unfinished()) {
            if (entry.answer().state() == CommandState.RUNNING) {
                log.warn("command {} was interrupted by a restart", entry.commandId());
                journal.end(
                        entry.commandId(), CommandAck.of(CommandState.FAILED).withMessage("interrupted by restart"));
            } else {
                queue.add(entry.command().orElseThrow());
            }
        }
        if (hold.isHeld()) {
            worker.stopped();
        }
    }

    /** In this order: first no more commands, then the robot at rest, then the last words. An emergency stop counts to the end. */
    void close() {
        commands.close();
        queue.close();
        try {
            threads.endWorker();
            subscriptions.forEach(Subscription::close);
            threads.calm();
            sayGoodbye();
            threads.endTimer();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        driver.close();
        journal.close();
    }

    private RunningCommand running(Command command) {
        return new RunningCommand(command, clock, GRACE, report -> progress(command, report));
    }

    /** Progress is worth nothing later. */
    private void progress(Command command, CommandAck report) {
        if (link.connection() == Connection.CONNECTED) {
            keep(link.publishAck(command.commandId(), report));
        }
    }

    private void announce() {
        keep(link.publishIdentity(config.identity()));
        keep(link.publishCapability(config.capability()));
    }

    /** The link keeps what is published until it is stored; only its end or an impossible message can be in the way. */
    private static void keep(CompletableFuture<Void> publication) {
        publication.whenComplete((stored, failure) -> {
            if (failure != null) {
                log.warn("a message was given up", failure);
            }
        });
    }

    /** Also takes up again whatever answers are left: of before a restart, or given up by the link. */
    private void heartbeat() {
        reporter.heartbeat();
        answers.flush();
    }

    private void tick() {
        hold.retry();
        worker.tick();
        reporter.changes();
    }

    private void later(Runnable task) {
        threads.soon(task);
    }

    private void somethingChanged() {
        threads.soon(reporter::changes);
    }

    private void connectionChanged(Connection connection) {
        log.info("{}: {}", config.robotId(), connection);
        if (connection == Connection.CONNECTED) {
            hold.connected();
            threads.soon(reporter::heartbeat);
        } else {
            hold.disconnected();
        }
        mindTheGate();
    }

    private void emergencyStop(StopSignal signal) {
        boolean changed = hold.signal(signal);
        if (hold.isHeld()) {
            worker.stopped();
        }
        if (changed) {
            somethingChanged();
        }
        mindTheGate();
    }

    /** No command begins between a connect and the word on both latches. */
    private synchronized void mindTheGate() {
        if (hold.isUncertain()) {
            queue.pause();
        } else {
            queue.resume();
        }
    }

    private void desired(DesiredSettings desired) {
        settings.hear(desired);
        threads.soon(settings::follow);
    }

    /** Waits a little for the last words to be stored; without a connection the answers stay in the journal. */
    private void sayGoodbye() throws InterruptedException {
        answers.flush();
        try {
            CompletableFuture<Void> goodbye = reporter.goodbye();
            if (link.connection() == Connection.CONNECTED) {
                answers.awaitStored(LAST_WORDS);
            }
            goodbye.get(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            log.info("{} left without a stored goodbye: {}", config.robotId(), e.toString());
        }
    }
}
