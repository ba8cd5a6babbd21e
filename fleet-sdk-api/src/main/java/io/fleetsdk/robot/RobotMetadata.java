package io.fleetsdk.robot;

import io.fleetsdk.internal.Require;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the backend and its operators say about a robot. Never sent to it.
 *
 * @param displayName 1 to 256 characters of free text
 * @param enabled whether work may be given to it
 * @param tags operator labels, each 1 to 256 characters of free text
 * @param notes up to 16,384 characters
 * @param firstSeenAt when the fleet first heard of it
 * @param revision for guarded updates; 0 when nothing is stored yet
 */
public record RobotMetadata(
        Optional<String> displayName,
        boolean enabled,
        Set<String> tags,
        Optional<String> notes,
        Optional<Instant> firstSeenAt,
        long revision) {
    private static final int NOTES_LENGTH = 16_384;

    public RobotMetadata {
        displayName = Require.orEmpty(displayName);
        displayName.ifPresent(name -> Require.label("displayName", name));
        tags = tags == null ? Set.of() : labels(tags);
        notes = Require.orEmpty(notes);
        notes.ifPresent(text -> Require.text("notes", text, NOTES_LENGTH));
        firstSeenAt = Require.orEmpty(firstSeenAt);
    }

    /** In one order, so that the same tags are the same text. */
    private static Set<String> labels(Set<String> tags) {
        tags.forEach(tag -> Require.label("tags", tag));
        return Collections.unmodifiableSet(new TreeSet<>(tags));
    }

    /** Of a robot nobody has described yet: enabled, without name, tags and notes. */
    public static RobotMetadata none() {
        return new RobotMetadata(Optional.empty(), true, Set.of(), Optional.empty(), Optional.empty(), 0);
    }

    public RobotMetadata withRevision(long number) {
        return new RobotMetadata(displayName, enabled, tags, notes, firstSeenAt, number);
    }

    public RobotMetadata withFirstSeenAt(Instant at) {
        return new RobotMetadata(displayName, enabled, tags, notes, Optional.of(at), revision);
    }
}
