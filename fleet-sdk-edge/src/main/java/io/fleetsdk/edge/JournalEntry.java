package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How a command stands after one of its answers.
 *
 * @param number of the answer, rising through the journal
 * @param commandId which command
 * @param content what it asks for, as {@link ContentDigest} says it
 * @param command the command until it has ended; then its digest is enough
 * @param answer the robot's word
 * @param at when it was given
 */
record JournalEntry(
        long number, UUID commandId, String content, Optional<Command> command, CommandAck answer, Instant at) {
    boolean hasEnded() {
        return answer.state().isFinal();
    }

    /** How the command stands after its next answer. */
    JournalEntry after(CommandAck next, long nextNumber, Instant now) {
        Optional<Command> kept = next.state().isFinal() ? Optional.empty() : command;
        return new JournalEntry(nextNumber, commandId, content, kept, next, now);
    }
}
