package io.fleetsdk.server.rest;

import io.fleetsdk.model.RegisteredModel;
import java.util.List;
import java.util.Map;

/** A model as the sum of its versions. */
public record ModelDto(
        String name, int versions, ModelVersionDto latest, Map<String, Long> aliases, List<String> embodiments) {
    public static ModelDto of(RegisteredModel model) {
        return new ModelDto(
                model.name(),
                model.versions(),
                ModelVersionDto.of(model.latest()),
                model.aliases(),
                model.embodiments());
    }
}
