package io.fleetsdk.nats;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * A stream as it should be. A limit of 0 means none.
 *
 * @param name the stream's name in the broker
 * @param subjects what it keeps
 * @param retention when messages go
 * @param storage where they are
 * @param replicas 1, 3 or 5
 * @param maxAge how long they stay
 * @param maxBytes in all
 * @param maxPerSubject messages of one subject
 * @param maxMessageBytes of one message
 * @param duplicateWindow how long message ids are remembered
 * @param features what it needs beyond the ordinary
 */
public record StreamDeclaration(
        String name,
        List<String> subjects,
        Retention retention,
        Storage storage,
        int replicas,
        Duration maxAge,
        long maxBytes,
        long maxPerSubject,
        int maxMessageBytes,
        Duration duplicateWindow,
        Set<Feature> features) {
    /** When messages go. */
    public enum Retention {
        /** When a limit is reached. */
        LIMITS,
        /** When they are acknowledged. */
        WORK_QUEUE
    }

    /** Where messages are. */
    public enum Storage {
        FILE,
        MEMORY
    }

    /** What a stream may need. */
    public enum Feature {
        /** Messages that expire on their own; broker 2.11. */
        MESSAGE_TTL,
        /** Delayed and recurring messages; broker 2.14. */
        SCHEDULES,
        /** Batches, whole or not at all, and fast ones with one answer; broker 2.14. */
        BATCHES,
        /** A full stream refuses new messages instead of forgetting old ones. */
        REJECT_WHEN_FULL,
        /** Messages that add up: the last one of a subject is its sum; broker 2.12. */
        COUNTERS
    }

    public StreamDeclaration {
        subjects = List.copyOf(subjects);
        features = Set.copyOf(features);
        if (replicas < 1 || replicas > 5 || replicas % 2 == 0) {
            throw new InvalidInputException("replicas", replicas, "must be 1, 3 or 5");
        }
    }

    static Builder builder(String name, String... subjects) {
        return new Builder(name, List.of(subjects));
    }

    public Builder toBuilder() {
        Builder builder = new Builder(name, subjects);
        builder.retention = retention;
        builder.storage = storage;
        builder.replicas = replicas;
        builder.maxAge = maxAge;
        builder.maxBytes = maxBytes;
        builder.maxPerSubject = maxPerSubject;
        builder.maxMessageBytes = maxMessageBytes;
        builder.duplicateWindow = duplicateWindow;
        builder.features = features;
        return builder;
    }

    /** Collects what to change. Not thread-safe. */
    public static final class Builder {
        private static final Duration DEFAULT_DUPLICATE_WINDOW = Duration.ofMinutes(2);

        private String name;
        private final List<String> subjects;
        private Retention retention = Retention.LIMITS;
        private Storage storage = Storage.FILE;
        private int replicas = 1;
        private Duration maxAge = Duration.ZERO;
        private long maxBytes;
        private long maxPerSubject;
        private int maxMessageBytes;
        private Duration duplicateWindow = DEFAULT_DUPLICATE_WINDOW;
        private Set<Feature> features = Set.of();

        private Builder(String name, List<String> subjects) {
            this.name = name;
            this.subjects = subjects;
        }

        /** The name in the broker; the subjects stay the protocol's. */
        public Builder name(String other) {
            name = Require.token("name", other);
            return this;
        }

        public Builder retention(Retention when) {
            retention = when;
            return this;
        }

        public Builder storage(Storage where) {
            storage = where;
            return this;
        }

        public Builder replicas(int count) {
            replicas = count;
            return this;
        }

        public Builder maxAge(Duration age) {
            maxAge = age;
            return this;
        }

        public Builder maxBytes(long bytes) {
            maxBytes = bytes;
            return this;
        }

        public Builder maxPerSubject(long messages) {
            maxPerSubject = messages;
            return this;
        }

        public Builder maxMessageBytes(int bytes) {
            maxMessageBytes = bytes;
            return this;
        }

        public Builder duplicateWindow(Duration window) {
            duplicateWindow = window;
            return this;
        }

        public Builder features(Feature... needed) {
            features = Set.of(needed);
            return this;
        }

        public StreamDeclaration build() {
            return new StreamDeclaration(
                    name,
                    subjects,
                    retention,
                    storage,
                    replicas,
                    maxAge,
                    maxBytes,
                    maxPerSubject,
                    maxMessageBytes,
                    duplicateWindow,
                    features);
        }
    }
}
