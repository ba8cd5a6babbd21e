package io.fleetsdk.model;

import java.util.List;

/** Tells whether a manifest may be trusted, by a set of public keys. Thread-safe. */
public interface ModelVerifier {
    /**
     * One good signature by a trusted key is enough; signatures by other keys do no harm.
     *
     * @return the signature that is trusted
     * @throws UntrustedModelException if there is none, or the manifest has expired
     */
    ModelSignature verify(ModelManifest manifest, List<ModelSignature> signatures);

    /**
     * As {@link #verify(ModelManifest, List)}.
     *
     * @throws UntrustedModelException if the version must not be used
     */
    default ModelSignature verify(ModelVersion version) {
        return verify(version.manifest(), version.signatures());
    }
}
