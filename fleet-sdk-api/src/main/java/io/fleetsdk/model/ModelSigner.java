package io.fleetsdk.model;

/** Signs manifests with a secret key. Thread-safe. */
public interface ModelSigner {
    /** The public key that belongs to it. */
    String key();

    ModelSignature sign(ModelManifest manifest);
}
