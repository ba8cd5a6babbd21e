package io.fleetsdk.server.cli.models;

import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** All of a version, a line for each thing there is to say. */
final class VersionSheet {
    private final List<String> lines = new ArrayList<>();

    private VersionSheet() {}

    static List<String> of(ModelVersion version) {
        VersionSheet sheet = new VersionSheet();
        sheet.describe(version);
        return sheet.lines;
    }

    private void describe(ModelVersion version) {
        ModelManifest manifest = version.manifest();
        ModelFacts facts = version.facts();
        say("model", version.ref());
        say("state", ListCommand.word(version.state()));
        say("digest", manifest.digest());
        say("length", manifest.length() + " bytes");
        say("created", manifest.created());
        say("expires", manifest.expires().map(Object::toString).orElse("never"));
        say("about", facts.description());
        facts.embodiments().forEach(kind -> say("for", kind));
        facts.inputs().forEach(tensor -> say("input", tensor));
        facts.outputs().forEach(tensor -> say("output", tensor));
        facts.metrics().forEach((name, value) -> say("metric", name + "=" + value));
        say("dataset", facts.dataset());
        say("job", facts.trainingJob());
        say("by", facts.publishedBy());
        version.signatures().forEach(signature -> say("signed by", signature.key()));
        say("retired", version.retirement().map(end -> end.at() + " by " + end.by() + ": " + end.reason()));
    }

    private void say(String name, Optional<?> value) {
        value.ifPresent(present -> say(name, present));
    }

    private void say(String name, Object value) {
        lines.add("%-10s %s".formatted(name, value));
    }
}
