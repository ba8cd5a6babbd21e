/**
 * Training of models. Read {@link io.fleetsdk.training.TrainingService}, {@link io.fleetsdk.training.TrainingRequest} and {@link
 * io.fleetsdk.training.TrainingRun} for who wants something trained; {@link io.fleetsdk.training.Trainer} and {@link
 * io.fleetsdk.training.TrainingContext} for who does the work. What comes out is a version in {@code io.fleetsdk.model}.
 */
@NullMarked
package io.fleetsdk.training;

import org.jspecify.annotations.NullMarked;
