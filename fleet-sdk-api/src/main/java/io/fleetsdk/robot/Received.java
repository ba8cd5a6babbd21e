package io.fleetsdk.robot;

import java.time.Instant;

/**
 * The backend's copy of something a robot said.
 *
 * @param value what it said
 * @param sentAt the robot's clock
 * @param receivedAt the broker's clock when it was stored
 * @param <T> what it is about
 */
public record Received<T>(T value, Instant sentAt, Instant receivedAt) {}
