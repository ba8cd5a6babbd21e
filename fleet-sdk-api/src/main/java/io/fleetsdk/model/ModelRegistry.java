package io.fleetsdk.model;

import java.util.List;
import java.util.Optional;

/**
 * Which versions of which models there are, who signed them, and which of them is the champion. Only what is said here: the files
 * lie in a store. Versions are never removed and never change. Thread-safe.
 *
 * <p>Every method throws {@link io.fleetsdk.UnavailableException} if the broker cannot be reached, and those that write
 * {@link io.fleetsdk.UnknownOutcomeException} if it does not answer: look before you write again.
 */
public interface ModelRegistry {
    /**
     * Publishes a version, visible whole or not at all. Of several who publish the same one, one succeeds.
     *
     * @param signatures none for one that is signed later, see {@link #sign}
     * @throws io.fleetsdk.ConflictException if there is such a version already, whatever it holds: take {@link #nextVersion}
     * @throws UntrustedModelException if a signature does not belong to the manifest
     */
    ModelVersion publish(ModelManifest manifest, ModelFacts facts, List<ModelSignature> signatures);

    /**
     * One more than the highest number there is; 1 for a model that has none. Somebody else may take it first.
     *
     * @param model one token
     */
    long nextVersion(String model);

    /**
     * Adds a signature; one by a key that has signed already changes nothing.
     *
     * @throws io.fleetsdk.NotFoundException if there is no such version
     * @throws io.fleetsdk.ConflictException if it is retired, or has 8 signatures
     * @throws UntrustedModelException if the signature does not belong to the manifest
     */
    ModelVersion sign(ModelRef ref, ModelSignature signature);

    /**
     * Says that a version is not to be used any more; saying so again changes nothing.
     *
     * @param by who says so, a label
     * @param reason a label
     * @throws io.fleetsdk.NotFoundException if there is no such version
     * @throws io.fleetsdk.ConflictException if an alias points at it: move that first
     */
    ModelVersion retire(ModelRef ref, String by, String reason);

    Optional<ModelVersion> find(ModelRef ref);

    /** The version that an alias points at. */
    Optional<ModelVersion> find(String model, String alias);

    /** All versions of a model, the highest number first; none for a model that is not there. */
    List<ModelVersion> versions(String model);

    Optional<RegisteredModel> model(String name);

    /** All of them, by name. */
    List<RegisteredModel> models();

    /** Versions that match, those published last first. */
    List<ModelVersion> search(ModelQuery query);

    /**
     * Points an alias at a version that is signed, not expired and not retired.
     *
     * @param by who moves it, a label
     * @param reason a label
     * @throws io.fleetsdk.NotFoundException if there is no such version
     * @throws io.fleetsdk.ConflictException if the guard's move was not the last one, or the version must not be used
     */
    ModelAlias point(String alias, ModelRef to, AliasGuard guard, String by, String reason);

    /**
     * Makes an alias point nowhere; one that does is left as it is.
     *
     * @throws io.fleetsdk.NotFoundException if it was never set
     * @throws io.fleetsdk.ConflictException if the guard's move was not the last one
     */
    ModelAlias clear(String model, String alias, AliasGuard guard, String by, String reason);

    /** An alias as it was last moved or cleared. */
    Optional<ModelAlias> alias(String model, String alias);

    /** Its last 50 moves, the newest first. */
    List<ModelAlias> aliasHistory(String model, String alias);
}
