package io.fleetsdk.model;

import io.fleetsdk.internal.Require;
import java.util.List;
import java.util.Map;

/**
 * A model by its name: the sum of its versions.
 *
 * @param versions how many there are
 * @param latest the one with the highest number
 * @param aliases the versions that aliases point at now, by the alias's name
 * @param embodiments the kinds of robot that any of its versions is for
 */
public record RegisteredModel(
        String name, int versions, ModelVersion latest, Map<String, Long> aliases, List<String> embodiments) {
    public RegisteredModel {
        name = Require.token("model", name);
        latest = Require.present("latest", latest);
        aliases = Require.map("aliases", aliases);
        embodiments = Require.list("embodiments", embodiments);
    }
}
