/** What the stores share: content on its way in and out. Not for users of the SDK. */
@NullMarked
package io.fleetsdk.storage.internal;

import org.jspecify.annotations.NullMarked;
