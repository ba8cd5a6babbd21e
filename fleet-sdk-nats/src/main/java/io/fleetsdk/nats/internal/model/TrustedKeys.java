package io.fleetsdk.nats.internal.model;

import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.model.UntrustedModelException;
import io.fleetsdk.model.UntrustedModelException.Reason;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Trusts some keys. First who signed, then whether what they signed is this, then whether it still holds: each refusal is about
 * something that the ones before it have made sure of.
 */
public final class TrustedKeys implements ModelVerifier {
    private final Set<String> keys;
    private final Clock clock;

    /**
     * @param keys public user keys
     * @throws io.fleetsdk.InvalidInputException if one is none
     */
    public TrustedKeys(Set<String> keys, Clock clock) {
        keys.forEach(ManifestSignatures::publicKey);
        this.keys = Set.copyOf(keys);
        this.clock = clock;
    }

    @Override
    public ModelSignature verify(ModelManifest manifest, List<ModelSignature> signatures) {
        ModelSignature good = byTrusted(manifest, signatures).stream()
                .filter(signature -> ManifestSignatures.isGood(manifest, signature))
                .findFirst()
                .orElseThrow(() -> refused(
                        manifest,
                        Reason.TAMPERED,
                        "the trusted key's signature does not belong to its manifest; one of the two was changed"));
        if (manifest.isExpired(clock.instant())) {
            String since = manifest.expires().map(Object::toString).orElse("");
            throw refused(manifest, Reason.EXPIRED, "it has expired at " + since);
        }
        return good;
    }

    private List<ModelSignature> byTrusted(ModelManifest manifest, List<ModelSignature> signatures) {
        if (signatures.isEmpty()) {
            throw refused(manifest, Reason.UNSIGNED, "nobody has signed it");
        }
        List<ModelSignature> trusted = signatures.stream()
                .filter(signature -> keys.contains(signature.key()))
                .toList();
        if (trusted.isEmpty()) {
            String signers = signatures.stream().map(ModelSignature::key).collect(Collectors.joining(", "));
            throw refused(manifest, Reason.UNKNOWN_KEY, "it is signed by " + signers + ", which is not trusted here");
        }
        return trusted;
    }

    private static UntrustedModelException refused(ModelManifest manifest, Reason reason, String why) {
        return new UntrustedModelException(manifest.ref(), reason, why);
    }

    @Override
    public String toString() {
        return "TrustedKeys" + keys;
    }
}
