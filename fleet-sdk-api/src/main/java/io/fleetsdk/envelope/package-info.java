/**
 * The one shape of every message between a robot and a backend. Read {@link io.fleetsdk.envelope.Envelope}, then
 * {@link io.fleetsdk.envelope.MessageType}. Only a codec builds or reads the JSON text of it.
 */
@NullMarked
package io.fleetsdk.envelope;

import org.jspecify.annotations.NullMarked;
