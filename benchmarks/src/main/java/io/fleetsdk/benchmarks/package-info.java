/**
 * What the SDK costs beside the raw broker.
 */
@NullMarked
package io.fleetsdk.benchmarks;

import org.jspecify.annotations.NullMarked;
