/**
 * Trained models: registered, signed, found again. Read {@link io.fleetsdk.model.ModelVersion} for what there is to know of one,
 * {@link io.fleetsdk.model.ModelManifest} for what its signature is over, {@link io.fleetsdk.model.ModelRegistry} for what can be
 * done. The file itself lies in a store; here is its digest.
 */
@NullMarked
package io.fleetsdk.model;

import org.jspecify.annotations.NullMarked;
