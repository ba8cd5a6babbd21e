/**
 * A thin backend on the SDK: HTTP in front of a {@link io.fleetsdk.Fleet}. Read {@link io.fleetsdk.server.ServerMain} (the
 * program), {@link io.fleetsdk.server.ServerConfig}, then {@link io.fleetsdk.server.FleetServer} (the wiring). Logic that an
 * embedder would want belongs in the SDK, not here.
 */
@NullMarked
package io.fleetsdk.server;

import org.jspecify.annotations.NullMarked;
