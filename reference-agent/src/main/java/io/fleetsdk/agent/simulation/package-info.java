/**
 * A robot that exists only in numbers, with a plausible body. Read {@code DifferentialDrive} and {@code Battery} for its
 * physics, {@code Pilot} for how it finds to a place, {@code SimulatedBody} for the whole, then
 * {@link io.fleetsdk.agent.simulation.SimulatedRobot}.
 *
 * <p>Time and chance come in from outside: the same seed and the same steps give the same drive. Robots do not see each
 * other; they drive through one another.
 */
@NullMarked
package io.fleetsdk.agent.simulation;

import org.jspecify.annotations.NullMarked;
