package io.fleetsdk.storage.checkpoint;

import io.fleetsdk.InvalidInputException;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which checkpoints of a run stay.
 *
 * @param newest so many of the highest epochs, at least 1
 * @param every also those whose epoch is a multiple of it; empty for none
 */
public record Retention(int newest, OptionalInt every) {
    public Retention {
        if (newest < 1) {
            throw new InvalidInputException("newest", newest, "must be at least 1");
        }
        if (every.isPresent() && every.getAsInt() < 1) {
            throw new InvalidInputException("every", every.getAsInt(), "must be at least 1");
        }
    }

    public static Retention newest(int count) {
        return new Retention(count, OptionalInt.empty());
    }

    /** Also each so many epochs. */
    public Retention andEvery(int epochs) {
        return new Retention(newest, OptionalInt.of(epochs));
    }

    /**
     * @param checkpoints of one run, by epoch
     */
    List<Checkpoint> superfluous(List<Checkpoint> checkpoints) {
        return checkpoints.stream()
                .limit(Math.max(0, checkpoints.size() - newest))
                .filter(checkpoint -> every.isEmpty() || checkpoint.epoch() % every.getAsInt() != 0)
                .toList();
    }
}
