package io.fleetsdk.server.cli.models;

import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelVersion;
import java.util.Optional;

/** Versions as they are named on the command line: {@code walker:7}, or by an alias {@code walker@champion}. */
final class Models {
    private Models() {}

    /**
     * @throws NotFoundException if there is no such version
     */
    static ModelVersion named(Fleet fleet, String text) {
        int at = text.indexOf('@');
        Optional<ModelVersion> found = at < 0
                ? fleet.models().find(ModelRef.parse(text))
                : fleet.models().find(text.substring(0, at), text.substring(at + 1));
        return found.orElseThrow(() -> new NotFoundException("there is no model " + text));
    }
}
