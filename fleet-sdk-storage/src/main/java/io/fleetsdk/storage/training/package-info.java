/**
 * Training on the job queue, with its datasets, checkpoints and models in a store. Read {@link
 * io.fleetsdk.storage.training.ProcessTrainer} for work that is done by a program of any language.
 */
@NullMarked
package io.fleetsdk.storage.training;

import org.jspecify.annotations.NullMarked;
