/** Tests of the values of training. */
@NullMarked
package io.fleetsdk.training;

import org.jspecify.annotations.NullMarked;
