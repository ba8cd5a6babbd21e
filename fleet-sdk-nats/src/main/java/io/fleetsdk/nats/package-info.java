/**
 * The fleet on NATS JetStream. Read {@link io.fleetsdk.nats.NatsFleet} and {@link io.fleetsdk.nats.NatsOptions} (the backend's
 * side), {@code NatsRobotLink} (a robot's side), and {@link io.fleetsdk.nats.FleetTopology} (what the broker must hold).
 * Everything else is package-private. No public signature names a type of the broker's client or of the JSON library.
 */
@NullMarked
package io.fleetsdk.nats;

import org.jspecify.annotations.NullMarked;
