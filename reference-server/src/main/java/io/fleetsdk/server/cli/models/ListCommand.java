package io.fleetsdk.server.cli.models;

import io.fleetsdk.model.ModelQuery;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.RegisteredModel;
import io.fleetsdk.server.cli.jobs.Table;
import io.fleetsdk.server.rest.ModelDto;
import io.fleetsdk.server.rest.ModelVersionDto;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "list",
        aliases = "ls",
        description = "Lists the models, or the versions that match.",
        footer = {
            "",
            "Examples:",
            "  fleet model list",
            "  fleet model list walker",
            "  fleet model list --for unitree-g1 --state READY --json"
        })
final class ListCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The versions of this model")
    private Optional<String> name = Optional.empty();

    @Option(names = "--text", paramLabel = "TEXT", description = "Stands in name, description, robot or dataset")
    private Optional<String> text = Optional.empty();

    @Option(names = "--state", paramLabel = "STATE", description = "${COMPLETION-CANDIDATES}; may be repeated")
    private Set<ModelState> states = Set.of();

    @Option(names = "--for", paramLabel = "ROBOT", description = "For this kind of robot")
    private Optional<String> embodiment = Optional.empty();

    @Option(names = "--dataset", paramLabel = "NAME", description = "Trained on this")
    private Optional<String> dataset = Optional.empty();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "1 to 10000. Default: ${DEFAULT-VALUE}")
    private int limit;

    @Mixin
    private OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        ModelQuery query = new ModelQuery(text, name, states, embodiment, dataset, Optional.empty(), limit);
        boolean isNarrow = !query.withLimit(1).equals(ModelQuery.newest().withLimit(1));
        return model.with(fleet -> isNarrow
                ? versions(fleet.models().search(query))
                : models(fleet.models().models()));
    }

    private int models(List<RegisteredModel> found) {
        Table table = Table.of("MODEL", "VERSIONS", "LATEST", "STATE", "ALIASES", "FOR");
        found.forEach(one -> table.row(
                one.name(),
                one.versions(),
                one.latest().ref().version(),
                word(one.latest().state()),
                aliases(one.aliases()),
                String.join(", ", one.embodiments())));
        return format.write(
                model.screen(),
                () -> found.stream().map(ModelDto::of).toList(),
                () -> model.screen().table(table));
    }

    private int versions(List<ModelVersion> found) {
        Table table = Table.of("VERSION", "STATE", "PUBLISHED", "DATASET", "METRICS");
        found.forEach(one -> table.row(
                one.ref(),
                word(one.state()),
                one.manifest().created(),
                one.facts().dataset().orElse("-"),
                metrics(one.facts().metrics())));
        return format.write(
                model.screen(),
                () -> found.stream().map(ModelVersionDto::of).toList(),
                () -> model.screen().table(table));
    }

    static String word(ModelState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String aliases(Map<String, Long> aliases) {
        String words = aliases.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(alias -> alias.getKey() + ">" + alias.getValue())
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "-" : words;
    }

    private static String metrics(Map<String, Double> metrics) {
        return metrics.entrySet().stream()
                .map(metric -> metric.getKey() + "=" + metric.getValue())
                .collect(Collectors.joining(" "));
    }
}
