/**
 * Whether the server works: {@link io.fleetsdk.server.health.Health} for those who restart it,
 * {@link io.fleetsdk.server.health.FleetMetrics} for those who watch it.
 */
@NullMarked
package io.fleetsdk.server.health;

import org.jspecify.annotations.NullMarked;
