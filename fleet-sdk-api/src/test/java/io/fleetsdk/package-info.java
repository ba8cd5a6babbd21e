/** Tests of how failures are told. */
@NullMarked
package io.fleetsdk;

import org.jspecify.annotations.NullMarked;
