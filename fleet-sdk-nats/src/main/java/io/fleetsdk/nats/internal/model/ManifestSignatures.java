package io.fleetsdk.nats.internal.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.UntrustedModelException;
import io.fleetsdk.model.UntrustedModelException.Reason;
import io.nats.client.NKey;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Collection;

/** Whether signatures belong to a manifest, whoever made them. */
final class ManifestSignatures {
    private ManifestSignatures() {}

    /**
     * @throws UntrustedModelException if one does not belong to the manifest
     */
    static void requireGood(ModelManifest manifest, Collection<ModelSignature> signatures) {
        for (ModelSignature signature : signatures) {
            if (!isGood(manifest, signature)) {
                throw new UntrustedModelException(
                        manifest.ref(),
                        Reason.TAMPERED,
                        "the signature by " + signature.key() + " does not belong to this manifest");
            }
        }
    }

    static boolean isGood(ModelManifest manifest, ModelSignature signature) {
        try {
            return publicKey(signature.key()).verify(manifest.canonicalBytes(), signature.bytes());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot verify Ed25519 signatures", e);
        }
    }

    /**
     * @throws InvalidInputException if it is no public user key
     */
    static NKey publicKey(String key) {
        try {
            return NKey.fromPublicKey(ModelSignature.requireKey(key).toCharArray());
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("key", key, "must be a public NATS user key; its checksum is wrong");
        }
    }
}
