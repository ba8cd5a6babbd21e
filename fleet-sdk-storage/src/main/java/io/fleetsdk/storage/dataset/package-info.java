/**
 * Versions of data sets in the LeRobot format. {@link io.fleetsdk.storage.dataset.DatasetStore} keeps them; a
 * {@link io.fleetsdk.storage.dataset.DatasetManifest} says what one version is made of.
 */
@NullMarked
package io.fleetsdk.storage.dataset;

import org.jspecify.annotations.NullMarked;
