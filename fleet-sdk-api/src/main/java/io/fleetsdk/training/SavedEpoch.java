package io.fleetsdk.training;

import io.fleetsdk.internal.Require;
import java.nio.file.Path;

/**
 * A checkpoint, here as a file.
 *
 * @param epoch after which it was saved, from 1
 * @param file what the trainer wrote; its own form
 */
public record SavedEpoch(int epoch, Path file) {
    public SavedEpoch {
        Require.within("epoch", epoch, 1, Integer.MAX_VALUE);
        file = Require.present("file", file);
    }
}
