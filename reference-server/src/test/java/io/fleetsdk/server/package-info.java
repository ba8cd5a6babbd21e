/**
 * The server as its callers see it: over HTTP, before a real broker, with robots played over the wire. {@code ServerUnderTest}
 * starts all, {@code Caller} and {@code EventReader} are the callers, {@code PlayedRobot} a robot.
 */
package io.fleetsdk.server;
