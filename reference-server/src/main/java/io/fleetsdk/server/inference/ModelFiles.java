package io.fleetsdk.server.inference;

import io.fleetsdk.model.ModelRef;
import java.nio.file.Path;

/** Where models come from. Thread-safe. */
public interface ModelFiles {
    /**
     * The version that a question means: {@code go1:7}, {@code go1@canary}, or {@code go1} for its champion.
     *
     * @throws io.fleetsdk.NotFoundException if there is none
     */
    ModelRef resolve(String model);

    /**
     * Its file, verified.
     *
     * @throws io.fleetsdk.NotFoundException if it is not there
     * @throws io.fleetsdk.FleetException if it must not be used
     */
    Path fetch(ModelRef model);
}
