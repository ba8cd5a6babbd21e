/** The commands of training: what they are is in {@link io.fleetsdk.server.cli.training.TrainingCommand}. */
@NullMarked
package io.fleetsdk.server.cli.training;

import org.jspecify.annotations.NullMarked;
