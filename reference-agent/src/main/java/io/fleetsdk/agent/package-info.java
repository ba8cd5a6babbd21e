/**
 * The reference agent: an SDK agent around a body made of numbers. {@code AgentMain} is the program, {@code AgentArguments}
 * what it can be told, {@code AgentConfig} what that comes to. Bodies are in {@code simulation} and {@code replay}.
 *
 * <p>Only wiring belongs here. What a robot vendor would want as well is in {@code fleet-sdk-edge}.
 */
@NullMarked
package io.fleetsdk.agent;

import org.jspecify.annotations.NullMarked;
