package io.fleetsdk.edge;

import io.fleetsdk.command.StopLatch;

/**
 * What a robot knows of one emergency stop.
 *
 * @param latch as it stands
 * @param highest the highest revision ever heard of
 */
record KnownLatch(StopLatch latch, long highest) {
    static KnownLatch of(StopLatch latch) {
        return new KnownLatch(latch, latch.revision());
    }

    /** What is known after a word on the latch; the same if the word counts for nothing. */
    KnownLatch after(StopLatch word) {
        return counts(word) ? new KnownLatch(word, Math.max(highest, word.revision())) : this;
    }

    /**
     * A higher revision than ever counts. Revisions begin again when the backend's storage was lost, and a stop that could not
     * be stored has a low one: so a later stop counts as well, and is released by what is above and later than itself.
     */
    private boolean counts(StopLatch word) {
        if (word.revision() > highest) {
            return true;
        }
        return word.at().isAfter(latch.at()) && (isAnotherStop(word) || word.revision() > latch.revision());
    }

    /** The signal and the stored latch of one stop may differ in time by what their texts round. */
    private boolean isAnotherStop(StopLatch word) {
        return word.stopped() && !(latch.stopped() && latch.revision() == word.revision());
    }
}
