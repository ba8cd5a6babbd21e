package io.fleetsdk.json;

import java.util.Optional;

/**
 * One leaf in which two documents differ. A leaf is whatever is not an object with members.
 *
 * @param pointer where, as a JSON pointer (RFC 6901) such as {@code /navigation/maxSpeed}
 * @param left the leaf on the left side; empty where there is none: absent, null, or an object with members
 * @param right the leaf on the right side; empty where there is none
 */
public record JsonDifference(String pointer, Optional<Object> left, Optional<Object> right) {}
