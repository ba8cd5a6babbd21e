/** Small objects in the object stores of JetStream, beside what the fleet has there anyway. No type of the NATS client gets out of here. */
@NullMarked
package io.fleetsdk.storage.nats;

import org.jspecify.annotations.NullMarked;
