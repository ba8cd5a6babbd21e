package io.fleetsdk.settings;

import io.fleetsdk.json.JsonDifference;
import io.fleetsdk.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where desired and reported settings differ. Only what is desired counts: a robot may report more than it was asked for, and an
 * object without members asks for nothing.
 *
 * @param state in sync, pending or rejected
 * @param desiredRevision the newest desired revision
 * @param appliedRevision the revision the robot says it has dealt with
 * @param entries the differing leaves, empty when in sync
 */
public record SettingsDelta(State state, long desiredRevision, long appliedRevision, List<Entry> entries) {
    /** How desired and reported relate. */
    public enum State {
        /** The robot has what is desired. */
        IN_SYNC,
        /** The robot has not answered the newest revision yet. */
        PENDING,
        /** The robot has answered the newest revision and refused part of it. */
        REJECTED
    }

    /**
     * One differing leaf.
     *
     * @param pointer where, as a JSON pointer
     * @param reported the robot's own leaf at that place, if it has one
     * @param since when the desired value was set, if known
     * @param error the robot's reason for refusing it, or what it is part of
     */
    public record Entry(
            String pointer,
            Optional<Object> desired,
            Optional<Object> reported,
            Optional<Instant> since,
            Optional<String> error) {}

    public static SettingsDelta between(DesiredSettings desired, Optional<ReportedSettings> reported) {
        JsonObject actual = reported.map(ReportedSettings::settings).orElse(JsonObject.empty());
        List<Entry> entries = desired.settings().differences(actual).stream()
                .filter(difference -> difference
                        .left()
                        .filter(SettingsDelta::asksForSomething)
                        .isPresent())
                .map(difference -> entry(difference, desired, reported))
                .toList();
        long applied = reported.map(ReportedSettings::appliedRevision).orElse(0L);
        return new SettingsDelta(state(entries, desired.revision(), applied), desired.revision(), applied, entries);
    }

    private static Entry entry(
            JsonDifference difference, DesiredSettings desired, Optional<ReportedSettings> reported) {
        String pointer = difference.pointer();
        return new Entry(
                pointer,
                difference.left(),
                difference.right(),
                Optional.ofNullable(desired.changedAt().get(pointer)),
                reported.flatMap(r -> error(r.errors(), pointer)));
    }

    private static Optional<String> error(Map<String, String> errors, String pointer) {
        Optional<String> own = Optional.ofNullable(errors.get(pointer));
        return own.isPresent() || pointer.isEmpty()
                ? own
                : error(errors, pointer.substring(0, pointer.lastIndexOf('/')));
    }

    private static boolean asksForSomething(Object leaf) {
        return !(leaf instanceof Map<?, ?>);
    }

    private static State state(List<Entry> entries, long desired, long applied) {
        if (entries.isEmpty()) {
            return State.IN_SYNC;
        }
        return applied >= desired ? State.REJECTED : State.PENDING;
    }
}
