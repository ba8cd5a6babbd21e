/**
 * Tests of the tests: a small correct agent and many that are broken in one way each. Read {@link io.fleetsdk.tck.SmallAgent}, then
 * {@link io.fleetsdk.tck.BrokenAgentsTest}.
 */
@NullMarked
package io.fleetsdk.tck;

import org.jspecify.annotations.NullMarked;
