/** Checks that the value types of several packages share. Not for use outside the SDK. */
@NullMarked
package io.fleetsdk.internal;

import org.jspecify.annotations.NullMarked;
