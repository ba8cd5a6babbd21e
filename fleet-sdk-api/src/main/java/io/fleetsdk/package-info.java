/** The fleet. */
@NullMarked
package io.fleetsdk;

import org.jspecify.annotations.NullMarked;
