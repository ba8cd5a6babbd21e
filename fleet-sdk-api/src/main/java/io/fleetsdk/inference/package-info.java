/**
 * Asking a model that runs elsewhere, with a deadline. Read {@link io.fleetsdk.inference.InferenceClient}. A model on the robot itself
 * is asked there, not here.
 */
@NullMarked
package io.fleetsdk.inference;

import org.jspecify.annotations.NullMarked;
