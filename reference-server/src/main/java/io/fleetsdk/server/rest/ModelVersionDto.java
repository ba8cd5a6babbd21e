package io.fleetsdk.server.rest;

import io.fleetsdk.job.JobRef;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.Retirement;
import io.fleetsdk.model.TensorDimension;
import io.fleetsdk.model.TensorInfo;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A version as it stands; what is signed are its first six members. */
public record ModelVersionDto(
        String name,
        long version,
        String digest,
        long length,
        Instant created,
        Optional<Instant> expires,
        ModelState state,
        List<Tensor> inputs,
        List<Tensor> outputs,
        Set<String> embodiments,
        Map<String, Double> metrics,
        Optional<JobRef> trainingJob,
        Optional<String> dataset,
        Optional<String> description,
        Optional<String> publishedBy,
        List<ModelSignature> signatures,
        Optional<Retirement> retirement,
        long revision) {

    /** An input or output; each dimension is a size, a name or {@code ?}. */
    public record Tensor(String name, String elementType, Optional<List<String>> shape) {
        static Tensor of(TensorInfo tensor) {
            Optional<List<String>> shape = tensor.shape()
                    .map(dimensions ->
                            dimensions.stream().map(TensorDimension::toString).toList());
            return new Tensor(tensor.name(), tensor.elementType(), shape);
        }
    }

    public static ModelVersionDto of(ModelVersion version) {
        ModelManifest manifest = version.manifest();
        ModelFacts facts = version.facts();
        return new ModelVersionDto(
                manifest.name(),
                manifest.version(),
                manifest.digest().toString(),
                manifest.length(),
                manifest.created(),
                manifest.expires(),
                version.state(),
                facts.inputs().stream().map(Tensor::of).toList(),
                facts.outputs().stream().map(Tensor::of).toList(),
                facts.embodiments(),
                facts.metrics(),
                facts.trainingJob(),
                facts.dataset(),
                facts.description(),
                facts.publishedBy(),
                version.signatures(),
                version.retirement(),
                version.revision());
    }
}
