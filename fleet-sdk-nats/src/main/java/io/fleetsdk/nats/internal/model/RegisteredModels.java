package io.fleetsdk.nats.internal.model;

import io.fleetsdk.model.ModelAlias;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.RegisteredModel;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Models as the sum of what stands under their names. */
final class RegisteredModels {
    private RegisteredModels() {}

    /**
     * By name.
     *
     * @param versions of any models, the highest of each first
     * @param aliases of the same models
     */
    static List<RegisteredModel> of(List<ModelVersion> versions, List<ModelAlias> aliases) {
        Map<String, Map<String, Long>> pointing = aliases.stream()
                .filter(alias -> alias.version().isPresent())
                .collect(Collectors.groupingBy(
                        ModelAlias::model,
                        Collectors.toMap(
                                ModelAlias::name, alias -> alias.version().getAsLong())));
        return versions.stream()
                .collect(Collectors.groupingBy(version -> version.ref().model(), TreeMap::new, Collectors.toList()))
                .entrySet()
                .stream()
                .map(model -> of(model.getKey(), model.getValue(), pointing.getOrDefault(model.getKey(), Map.of())))
                .toList();
    }

    private static RegisteredModel of(String name, List<ModelVersion> versions, Map<String, Long> aliases) {
        List<String> embodiments = versions.stream()
                .flatMap(version -> version.facts().embodiments().stream())
                .distinct()
                .sorted()
                .toList();
        return new RegisteredModel(name, versions.size(), versions.get(0), aliases, embodiments);
    }
}
