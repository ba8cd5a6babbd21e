/**
 * The robot's side. A vendor implements {@link io.fleetsdk.edge.RobotDriver} and describes the robot in a
 * robot configuration; the agent does the rest: telemetry, heartbeats, settings,
 * commands with their journal, emergency stops.
 *
 * <p>Read {@link io.fleetsdk.edge.RobotDriver}, then {@link io.fleetsdk.edge.CommandContext}. Nothing here names a broker.
 */
@NullMarked
package io.fleetsdk.edge;

import org.jspecify.annotations.NullMarked;
