package io.fleetsdk.edge;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.edge.CommandContext.StopReason;
import io.fleetsdk.json.JsonObject;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out accepted commands, one after the other, on a thread of its own. */
final class CommandWorker implements Runnable {
    private static final Logger log = LoggerFactory.getLogger(CommandWorker.class);

    private final GuardedDriver driver;
    private final CommandQueue queue;
    private final CommandJournal journal;
    private final AnswerSender answers;
    private final EmergencyHold hold;
    private final Clock clock;
    private final Runnable changed;

    /**
     * @param changed called when a command begins or has ended
     */
    CommandWorker(
            GuardedDriver driver,
            CommandQueue queue,
            CommandJournal journal,
            AnswerSender answers,
            EmergencyHold hold,
            Clock clock,
            Runnable changed) {
        this.driver = driver;
        this.queue = queue;
        this.journal = journal;
        this.answers = answers;
        this.hold = hold;
        this.clock = clock;
        this.changed = changed;
    }

    @Override
    public void run() {
        try {
            Optional<RunningCommand> next = queue.next();
            while (next.isPresent()) {
                process(next.get());
                next = queue.next();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** To be called often: ends what its deadline has overtaken. */
    void tick() {
        queue.running().ifPresent(RunningCommand::tick);
        endWaiting(command -> command.isExpired(clock.instant()), expiredBeforeBeginning());
    }

    /** An emergency stop has been latched, and the driver is stopped. */
    void stopped() {
        queue.running()
                .filter(running -> driver.moves(running.command()))
                .ifPresent(running -> running.stop(StopReason.EMERGENCY_STOP));
        endWaiting(driver::moves, emergencyStop());
    }

    private void process(RunningCommand running) {
        CommandAck end = carryOut(running);
        journal.end(running.command().commandId(), end);
        queue.done();
        answers.flush();
        changed.run();
    }

    private CommandAck carryOut(RunningCommand running) {
        Command command = running.command();
        if (command.isExpired(clock.instant())) {
            return expiredBeforeBeginning();
        }
        if (hold.isHeld() && driver.moves(command)) {
            return emergencyStop();
        }
        try {
            journal.begin(command.commandId(), CommandAck.of(CommandState.RUNNING));
        } catch (UnavailableException e) {
            log.error("command {} was not begun", command.commandId(), e);
            return failed(e.getMessage());
        }
        answers.flush();
        changed.run();
        return end(outcome(running), running);
    }

    private CommandOutcome outcome(RunningCommand running) {
        try {
            return driver.execute(running);
        } catch (InterruptedException e) {
            return CommandOutcome.failed("the driver did not return when it was asked to stop, and was interrupted");
        } catch (RuntimeException | Error e) { // a vendor's missing class must not end this thread
            log.error("command {} failed", running.command().commandId(), e);
            return CommandOutcome.failed(e.toString());
        }
    }

    private CommandAck end(CommandOutcome outcome, RunningCommand running) {
        Optional<StopReason> reason = running.stopReason();
        if (reason.equals(Optional.of(StopReason.DEADLINE))) {
            return CommandAck.of(CommandState.EXPIRED)
                    .withMessage("stopped at its deadline; the driver says: " + word(outcome));
        }
        return outcome.fold(
                CommandWorker::completed,
                why -> failed(
                        interruption(reason).map(cause -> cause + "; " + why).orElse(why)),
                () -> interruption(reason).map(CommandWorker::failed).orElse(CommandAck.of(CommandState.CANCELLED)));
    }

    private Optional<String> interruption(Optional<StopReason> reason) {
        return reason.flatMap(why -> switch (why) {
            case EMERGENCY_STOP -> emergencyStop().message();
            case SHUTDOWN -> Optional.of("interrupted by the shutdown of the agent");
            case CANCELLED, DEADLINE -> Optional.empty();
        });
    }

    private void endWaiting(Predicate<Command> which, CommandAck end) {
        var removed = queue.remove(which);
        removed.forEach(command -> journal.end(command.commandId(), end));
        if (!removed.isEmpty()) {
            answers.flush();
        }
    }

    private CommandAck emergencyStop() {
        return failed("emergency stop: " + hold.reason());
    }

    private static CommandAck expiredBeforeBeginning() {
        return CommandAck.of(CommandState.EXPIRED).withMessage("its deadline passed before it could begin");
    }

    private static CommandAck completed(JsonObject result) {
        CommandAck done = CommandAck.of(CommandState.COMPLETED);
        return result.isEmpty() ? done : done.withResult(result);
    }

    private static CommandAck failed(String reason) {
        return CommandAck.of(CommandState.FAILED).withMessage(reason);
    }

    private static String word(CommandOutcome outcome) {
        return outcome.fold(result -> "completed " + result, why -> "failed, " + why, () -> "cancelled");
    }
}
