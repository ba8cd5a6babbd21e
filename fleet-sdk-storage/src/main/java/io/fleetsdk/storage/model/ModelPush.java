package io.fleetsdk.storage.model;

import io.fleetsdk.internal.Require;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelSigner;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How a file becomes a version.
 *
 * @param model one token
 * @param version the next one by default
 * @param facts what is known beside inputs and outputs, which come from the file
 * @param expires never by default
 * @param signer nobody by default: the version waits for a signature
 */
public record ModelPush(
        String model, OptionalLong version, ModelFacts facts, Optional<Instant> expires, Optional<ModelSigner> signer) {
    public ModelPush {
        model = Require.token("model", model);
        version.ifPresent(number -> new ModelRef("m", number));
        facts = Require.present("facts", facts);
        expires = Require.orEmpty(expires);
        signer = Require.orEmpty(signer);
    }

    /** The next version, with no facts, for ever, unsigned. */
    public static ModelPush of(String model) {
        return new ModelPush(
                model, OptionalLong.empty(), ModelFacts.builder().build(), Optional.empty(), Optional.empty());
    }

    public ModelPush withVersion(long number) {
        return new ModelPush(model, OptionalLong.of(number), facts, expires, signer);
    }

    public ModelPush withFacts(ModelFacts known) {
        return new ModelPush(model, version, known, expires, signer);
    }

    public ModelPush withExpiry(Instant time) {
        return new ModelPush(model, version, facts, Optional.of(time), signer);
    }

    public ModelPush withSigner(ModelSigner key) {
        return new ModelPush(model, version, facts, expires, Optional.of(key));
    }
}
