/** Tests of small objects on a real broker. */
@NullMarked
package io.fleetsdk.storage.nats;

import org.jspecify.annotations.NullMarked;
