package io.fleetsdk.model;

import io.fleetsdk.internal.Require;
import java.util.List;
import java.util.Optional;

/**
 * A published version. Manifest and facts never change; signatures may be added, and it may be retired.
 *
 * @param signatures at most 8, in the order in which they came; each is good, but whom to trust is for a {@link ModelVerifier} to say
 * @param retirement empty while it may be used
 * @param revision grows with each signature and with the retirement
 */
public record ModelVersion(
        ModelManifest manifest,
        ModelFacts facts,
        List<ModelSignature> signatures,
        Optional<Retirement> retirement,
        long revision) {
    public static final int MOST_SIGNATURES = 8;

    public ModelVersion {
        manifest = Require.present("manifest", manifest);
        facts = Require.present("facts", facts);
        signatures = Require.list("signatures", signatures);
        Require.within("signatures", signatures.size(), 0, MOST_SIGNATURES);
        retirement = Require.orEmpty(retirement);
    }

    public ModelRef ref() {
        return manifest.ref();
    }

    public ModelState state() {
        if (retirement.isPresent()) {
            return ModelState.RETIRED;
        }
        return signatures.isEmpty() ? ModelState.STAGED : ModelState.READY;
    }
}
