/**
 * What could not be read: kept whole with the reason, counted, and never in the way of the next message.
 */
@NullMarked
package io.fleetsdk.quarantine;

import org.jspecify.annotations.NullMarked;
