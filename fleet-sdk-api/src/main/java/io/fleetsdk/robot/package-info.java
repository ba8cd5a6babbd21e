/**
 * Who the robots are and whether they are there. Read {@link io.fleetsdk.robot.Robot} for what is known of one, then
 * {@link io.fleetsdk.robot.RobotRegistry}. Identity, capability and status belong to the robot; the backend keeps copies. Only
 * {@link io.fleetsdk.robot.RobotMetadata} belongs to the backend.
 */
@NullMarked
package io.fleetsdk.robot;

import org.jspecify.annotations.NullMarked;
