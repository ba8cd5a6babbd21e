/** What the packages and modules of the SDK share: checks of values, the inner form of JSON. Not for use outside the SDK. */
@NullMarked
package io.fleetsdk.internal;

import org.jspecify.annotations.NullMarked;
