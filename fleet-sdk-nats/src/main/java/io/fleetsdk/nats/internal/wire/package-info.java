/** Bytes between the broker and the client library, where the library needs protection from what strangers publish. Not for embedders. */
@NullMarked
package io.fleetsdk.nats.internal.wire;

import org.jspecify.annotations.NullMarked;
