package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.json.JsonObject;
import java.util.Optional;
import java.util.UUID;

/** Carries out the command {@code cancel}. */
final class Cancellation {
    private final CommandJournal journal;
    private final CommandQueue queue;
    private final CommandRules rules;

    Cancellation(CommandJournal journal, CommandQueue queue, CommandRules rules) {
        this.journal = journal;
        this.queue = queue;
        this.rules = rules;
    }

    /** Cancels what the payload names; says why it cannot. */
    Optional<String> cancel(JsonObject payload) {
        Optional<UUID> target = payload.string("commandId").flatMap(Cancellation::uuid);
        return target.isPresent()
                ? cancel(target.get())
                : Optional.of("payload/commandId: must be the UUID of a command");
    }

    private Optional<String> cancel(UUID target) {
        Optional<JournalEntry> entry = journal.find(target);
        if (entry.isEmpty()) {
            return Optional.of("command " + target + " is not known to this robot");
        }
        return entry.get().command().map(this::cancel).orElseGet(() -> ended(entry.get()));
    }

    private Optional<String> cancel(Command target) {
        UUID id = target.commandId();
        if (queue.remove(id)) {
            journal.end(id, CommandAck.of(CommandState.CANCELLED).withMessage("cancelled before it began"));
            return Optional.empty();
        }
        if (!rules.isCancellable(target.type())) {
            return Optional.of("command " + id + " runs, and type '" + target.type() + "' cannot be cancelled then");
        }
        return queue.stop(id) ? Optional.empty() : journal.find(id).flatMap(Cancellation::ended);
    }

    private static Optional<String> ended(JournalEntry entry) {
        return Optional.of("command " + entry.commandId() + " has already ended: "
                + entry.answer().state());
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
