package io.fleetsdk.nats.internal.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelSigner;
import io.nats.client.NKey;
import java.io.IOException;
import java.security.GeneralSecurityException;

/** Signs with a NATS user key. Its secret half is in no text of this class. */
public final class NkeySigner implements ModelSigner {
    private final NKey pair;
    private final String key;

    private NkeySigner(NKey pair, String key) {
        this.pair = pair;
        this.key = key;
    }

    /**
     * @param seed the secret half, {@code SU} and 56 characters
     * @throws InvalidInputException if it is none; the message does not repeat it
     */
    public static NkeySigner ofSeed(char[] seed) {
        try {
            NKey pair = NKey.fromSeed(seed);
            return new NkeySigner(pair, ModelSignature.requireKey(new String(pair.getPublicKey())));
        } catch (IllegalArgumentException | InvalidInputException e) {
            throw new InvalidInputException("key", "…", "must be the seed of a NATS user key: SU and 56 of A-Z 2-7");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot sign with Ed25519", e);
        }
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public ModelSignature sign(ModelManifest manifest) {
        try {
            return ModelSignature.of(key, pair.sign(manifest.canonicalBytes()));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("this Java cannot sign with Ed25519", e);
        }
    }

    @Override
    public String toString() {
        return "NkeySigner[" + key + "]";
    }
}
