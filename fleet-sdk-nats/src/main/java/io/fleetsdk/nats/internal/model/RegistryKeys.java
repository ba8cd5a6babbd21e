package io.fleetsdk.nats.internal.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.ModelRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of the bucket. Model, version and alias are one token each, so a wildcard stands for a whole model:
 *
 * <pre>
 * {model}.version.{number}   a version; manifest and facts are written once
 * {model}.alias.{name}       an alias as it was last moved; its history is the key's own
 * </pre>
 */
final class RegistryKeys {
    private static final Logger log = LoggerFactory.getLogger(RegistryKeys.class);
    private static final String ANY = "*";

    private RegistryKeys() {}

    static String version(ModelRef ref) {
        return ref.model() + ".version." + ref.version();
    }

    static String versions(String model) {
        return model + ".version." + ANY;
    }

    static String allVersions() {
        return versions(ANY);
    }

    static String alias(String model, String name) {
        return model + ".alias." + name;
    }

    static String aliases(String model) {
        return model + ".alias." + ANY;
    }

    static String allAliases() {
        return aliases(ANY);
    }

    /** Everything of a model. */
    static String model(String model) {
        return model + ".>";
    }

    /** The number in a version's key; 0 in one that somebody else made up. */
    static long number(String key) {
        try {
            return ModelRef.number(key.substring(key.lastIndexOf('.') + 1));
        } catch (InvalidInputException e) {
            log.warn("The registry's key {} is none of a version", key, e);
            return 0;
        }
    }
}
