package io.fleetsdk.edge;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one line of the command journal says: exactly one of the two.
 *
 * @param entry a command has been answered
 * @param stored the broker has stored the answer of this number
 */
record JournalLine(Optional<JournalEntry> entry, OptionalLong stored) {
    static JournalLine of(JournalEntry entry) {
        return new JournalLine(Optional.of(entry), OptionalLong.empty());
    }

    static JournalLine stored(long number) {
        return new JournalLine(Optional.empty(), OptionalLong.of(number));
    }
}
