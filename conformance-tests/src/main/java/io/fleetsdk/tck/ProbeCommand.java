package io.fleetsdk.tck;

import io.fleetsdk.json.JsonObject;

/**
 * A command that is harmless for the robot under test.
 *
 * @param type one of its capability's
 * @param payload which satisfies the capability's schema; best one that takes some two seconds
 */
public record ProbeCommand(String type, JsonObject payload) {}
