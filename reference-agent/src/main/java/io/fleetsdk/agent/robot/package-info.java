/**
 * What robots made of numbers have in common: {@link io.fleetsdk.agent.robot.SteppedRobot}, for which somebody lets time pass,
 * and {@link io.fleetsdk.agent.robot.SettingsReader} for their settings.
 */
@NullMarked
package io.fleetsdk.agent.robot;

import org.jspecify.annotations.NullMarked;
