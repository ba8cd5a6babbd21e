package io.fleetsdk.storage;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.util.List;
import java.util.stream.Stream;

/** The buckets a store must have. {@link Buckets} compares it with a store and creates what is missing. */
public record StorageLayout(List<Bucket> buckets) {
    public static final String DATASETS = "training-datasets";
    public static final String CHECKPOINTS = "model-checkpoints";
    public static final String MODELS = "production-models";
    public static final String LOGS = "robot-logs";
    public static final String TELEMETRY = "telemetry-archives";

    private static final Rule UNFINISHED = new Rule(Subject.UNFINISHED_UPLOADS, "", 7);
    private static final StorageLayout DEFAULTS = new StorageLayout(List.of(
            new Bucket(DATASETS, Versions.NONE, List.of(UNFINISHED)),
            new Bucket(CHECKPOINTS, Versions.NONE, List.of(UNFINISHED, Rule.expire("temp/", 90))),
            new Bucket(MODELS, Versions.KEPT, List.of(UNFINISHED)),
            new Bucket(LOGS, Versions.NONE, List.of(UNFINISHED, Rule.expire("debug/", 30))),
            new Bucket(TELEMETRY, Versions.NONE, List.of(UNFINISHED, Rule.expire("", 365)))));

    public StorageLayout {
        buckets = Require.list("buckets", buckets);
    }

    /** The buckets that the stores of data sets, checkpoints, models, logs and telemetry use. */
    public static StorageLayout defaults() {
        return DEFAULTS;
    }

    /** Plain buckets, without versions or rules. */
    public static StorageLayout of(String... names) {
        return new StorageLayout(Stream.of(names)
                .map(name -> new Bucket(name, Versions.NONE, List.of()))
                .toList());
    }

    /** What becomes of an object that is replaced or deleted. */
    public enum Versions {
        /** It is gone. */
        NONE,
        /** It stays readable by its version. */
        KEPT
    }

    /** What a rule removes. */
    public enum Subject {
        OBJECTS,
        /** Parts of uploads that were begun and neither ended nor taken back, as by a process that was killed. */
        UNFINISHED_UPLOADS
    }

    /** One bucket. Rules work only where the store offers them. */
    public record Bucket(String name, Versions versions, List<Rule> rules) {
        public Bucket {
            name = BlobRef.of(name, "any").bucket();
            versions = Require.present("versions", versions);
            rules = Require.list("rules", rules);
        }
    }

    /**
     * Removes by age.
     *
     * @param prefix of the keys; empty for all
     * @param days 1 to 36,500 after the object was written or the upload begun
     */
    public record Rule(Subject subject, String prefix, int days) {
        public Rule {
            subject = Require.present("subject", subject);
            prefix = Require.text("prefix", prefix, 1024);
            if (days < 1 || days > 36_500) {
                throw new InvalidInputException("days", days, "must be from 1 to 36500");
            }
        }

        public static Rule expire(String prefix, int days) {
            return new Rule(Subject.OBJECTS, prefix, days);
        }

        @Override
        public String toString() {
            String what = subject == Subject.OBJECTS ? "objects" : "unfinished uploads";
            return what + (prefix.isEmpty() ? "" : " under " + prefix) + " after " + days + " d";
        }
    }
}
