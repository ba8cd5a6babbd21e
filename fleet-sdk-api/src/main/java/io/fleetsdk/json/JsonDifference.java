package io.fleetsdk.json;

import java.util.Optional;

/**
 * One place in which two documents differ.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) such as {@code /navigation/maxSpeed}
 * @param left the value on the left side; empty where it is absent or null
 * @param right the value on the right side; empty where it is absent or null
 */
public record JsonDifference(String pointer, Optional<Object> left, Optional<Object> right) {}
