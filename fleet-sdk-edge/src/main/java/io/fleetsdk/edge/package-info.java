/**
 * The robot's side. A vendor implements {@link io.fleetsdk.edge.RobotDriver} and describes the robot in a
 * {@link io.fleetsdk.edge.RobotConfig}; {@link io.fleetsdk.edge.RobotAgent} does the rest: telemetry, heartbeats, settings,
 * commands with their journal, emergency stops.
 *
 * <p>Read {@code RobotDriver} and {@link io.fleetsdk.edge.CommandContext} to write a driver. Inside, read {@code RunningAgent},
 * which says what calls what, then along a command: {@code CommandIntake}, {@code CommandRules}, {@code CommandJournal},
 * {@code CommandQueue}, {@code CommandWorker}, {@code AnswerSender}; and for safety {@code EmergencyHold} with {@code StopLatches}.
 * Nothing here names a broker: the agent speaks through {@link io.fleetsdk.link.RobotLink}.
 */
@NullMarked
package io.fleetsdk.edge;

import org.jspecify.annotations.NullMarked;
