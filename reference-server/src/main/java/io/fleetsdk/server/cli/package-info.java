/**
 * The {@code fleet} command: {@link io.fleetsdk.server.cli.FleetMain}, the demo that starts a whole fleet on one machine, and
 * the topology tool. Wiring only: what an embedder would want is in the SDK.
 */
@NullMarked
package io.fleetsdk.server.cli;

import org.jspecify.annotations.NullMarked;
