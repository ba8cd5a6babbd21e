package io.fleetsdk.robot;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.util.Set;

/**
 * The stable name of a robot, used in subjects and keys: 1 to 64 of {@code A-Z a-z 0-9 _ -}, first a letter or digit, and
 * none of the words the subject grammar reserves.
 */
public record RobotId(String value) implements Comparable<RobotId> {
    private static final Set<String> RESERVED = Set.of("ack", "all", "tag", "zone", "desired", "reported");

    public RobotId {
        value = Require.token("robotId", value);
        if (RESERVED.contains(value)) {
            throw new InvalidInputException("robotId", value, "must not be a reserved word: " + RESERVED);
        }
    }

    /**
     * @throws InvalidInputException if the text is not a robot id
     */
    public static RobotId of(String value) {
        return new RobotId(value);
    }

    @Override
    public int compareTo(RobotId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
