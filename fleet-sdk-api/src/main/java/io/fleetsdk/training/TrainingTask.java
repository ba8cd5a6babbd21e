package io.fleetsdk.training;

import java.util.Locale;

/** What is wanted of a trainer. */
public enum TrainingTask {
    /** Learn from a dataset, from the beginning or from a checkpoint on; the result is a model. */
    FINETUNE,
    /** Measure a checkpoint on a dataset; the result is figures. */
    EVALUATE,
    /** Make a model out of a checkpoint, without learning. */
    EXPORT;

    /** Name of the type of its jobs, such as {@code finetune}. */
    public String jobType() {
        return name().toLowerCase(Locale.ROOT);
    }
}
