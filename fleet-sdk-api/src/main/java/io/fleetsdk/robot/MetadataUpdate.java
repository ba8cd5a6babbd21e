package io.fleetsdk.robot;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A change to a robot's metadata: what is empty stays as it is.
 *
 * @param ifRevision apply only if this is the current revision
 */
public record MetadataUpdate(
        Optional<String> displayName,
        Optional<Boolean> enabled,
        Optional<Set<String>> tags,
        Optional<String> notes,
        OptionalLong ifRevision) {
    public static Builder builder() {
        return new Builder();
    }

    /**
     * The metadata with this change.
     *
     * @throws io.fleetsdk.InvalidInputException if a name, tag or note breaks its rule
     */
    public RobotMetadata appliedTo(RobotMetadata current) {
        return new RobotMetadata(
                displayName.or(current::displayName).filter(name -> !name.isEmpty()),
                enabled.orElse(current.enabled()),
                tags.orElse(current.tags()),
                notes.or(current::notes).filter(text -> !text.isEmpty()),
                current.firstSeenAt(),
                current.revision());
    }

    /** Collects what to change. Not thread-safe. */
    public static final class Builder {
        private Optional<String> displayName = Optional.empty();
        private Optional<Boolean> enabled = Optional.empty();
        private Optional<Set<String>> tags = Optional.empty();
        private Optional<String> notes = Optional.empty();
        private OptionalLong ifRevision = OptionalLong.empty();

        private Builder() {}

        /** Empty takes the name away; the robot is then called by its id. */
        public Builder displayName(String name) {
            displayName = Optional.of(name);
            return this;
        }

        public Builder enable() {
            enabled = Optional.of(true);
            return this;
        }

        public Builder disable() {
            enabled = Optional.of(false);
            return this;
        }

        /** Replaces all tags. */
        public Builder tags(Set<String> all) {
            tags = Optional.of(Set.copyOf(all));
            return this;
        }

        /** Empty takes the notes away. */
        public Builder notes(String text) {
            notes = Optional.of(text);
            return this;
        }

        public Builder ifRevision(long revision) {
            ifRevision = OptionalLong.of(revision);
            return this;
        }

        public MetadataUpdate build() {
            return new MetadataUpdate(displayName, enabled, tags, notes, ifRevision);
        }
    }
}
