/**
 * The architecture as a test. {@link io.fleetsdk.benchmarks.ArchitectureTest} is here because this module is the last of the build
 * and sees all the others; {@code SdkModule} says which package belongs to which module and what each may use.
 */
@NullMarked
package io.fleetsdk.benchmarks;

import org.jspecify.annotations.NullMarked;
