/** What the clients of this module share: following streams, handing over, classifying the broker's errors. Not for embedders. */
@NullMarked
package io.fleetsdk.nats.internal;

import org.jspecify.annotations.NullMarked;
