package io.fleetsdk.edge;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.link.CommandDelivery;
import io.fleetsdk.link.RobotLink;
import java.time.Clock;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about each command that arrives: known already, expired, refused or accepted. The broker forgets a command only when
 * the decision is on the robot's disk, or the answer stored.
 */
final class CommandIntake {
    private static final Logger log = LoggerFactory.getLogger(CommandIntake.class);

    private final RobotLink link;
    private final CommandJournal journal;
    private final AnswerSender answers;
    private final CommandRules rules;
    private final CommandQueue queue;
    private final Cancellation cancellation;
    private final Runnable identify;
    private final Clock clock;

    CommandIntake(
            RobotLink link,
            CommandJournal journal,
            AnswerSender answers,
            CommandRules rules,
            CommandQueue queue,
            Runnable identify,
            Clock clock) {
        this.link = link;
        this.journal = journal;
        this.answers = answers;
        this.rules = rules;
        this.queue = queue;
        this.cancellation = new Cancellation(journal, queue, rules);
        this.identify = identify;
        this.clock = clock;
    }

    /** One call at a time. */
    void receive(CommandDelivery delivery) {
        Command command = delivery.command();
        Optional<JournalEntry> known = journal.find(command.commandId());
        if (known.isPresent()) {
            answerWithoutRecord(delivery, again(known.get(), command));
            return;
        }
        try {
            decide(command);
            delivery.settle();
            answers.flush();
        } catch (UnavailableException e) {
            log.error("command {} is refused", command.commandId(), e);
            answerWithoutRecord(delivery, rejected(e.getMessage()));
        }
    }

    private void decide(Command command) {
        if (command.isExpired(clock.instant())) {
            journal.receive(
                    command,
                    CommandAck.of(CommandState.EXPIRED).withMessage("its deadline had passed when it arrived"));
            return;
        }
        switch (command.type()) {
            case CommandTypes.IDENTIFY -> {
                identify.run();
                atOnce(command, Optional.empty());
            }
            case CommandTypes.CANCEL -> atOnce(command, cancellation.cancel(command.payload()));
            default -> forTheDriver(command);
        }
    }

    private void atOnce(Command command, Optional<String> refusal) {
        if (refusal.isPresent()) {
            journal.receive(command, rejected(refusal.get()));
            return;
        }
        journal.receive(command, CommandAck.of(CommandState.ACCEPTED));
        journal.end(command.commandId(), CommandAck.of(CommandState.COMPLETED));
    }

    private void forTheDriver(Command command) {
        Optional<String> refusal = rules.refusal(command).or(this::full);
        if (refusal.isPresent()) {
            journal.receive(command, rejected(refusal.get()));
            return;
        }
        journal.receive(command, CommandAck.of(CommandState.ACCEPTED));
        queue.add(command);
    }

    private Optional<String> full() {
        return queue.isFull() ? Optional.of("too many commands are waiting at this robot") : Optional.empty();
    }

    private CommandAck again(JournalEntry known, Command command) {
        return journal.isSameContent(known, command)
                ? known.answer()
                : rejected("command id " + command.commandId() + " was already used for other content");
    }

    /** The broker keeps the command until it has stored the answer, so that a lost answer is asked for again. */
    private void answerWithoutRecord(CommandDelivery delivery, CommandAck answer) {
        link.publishAck(delivery.command().commandId(), answer).thenRun(delivery::settle);
    }

    private static CommandAck rejected(String reason) {
        return CommandAck.of(CommandState.REJECTED).withMessage(reason);
    }
}
