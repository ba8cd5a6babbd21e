/**
 * Training of models. Read {@link io.fleetsdk.training.Trainer} and {@link io.fleetsdk.training.TrainingContext} for who does the work.
 */
@NullMarked
package io.fleetsdk.training;

import org.jspecify.annotations.NullMarked;
