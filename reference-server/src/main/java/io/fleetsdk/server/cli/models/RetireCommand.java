package io.fleetsdk.server.cli.models;

import io.fleetsdk.model.ModelRef;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "retire",
        description = "Says that a version is not to be used any more. Final; refused while an alias points at it.",
        footer = {"", "Example:", "  fleet model retire walker:6 --reason 'falls over on carpet'"})
final class RetireCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    @Parameters(index = "0", paramLabel = "NAME:VERSION")
    private String name = "";

    @Option(names = "--reason", required = true, paramLabel = "TEXT")
    private String reason = "";

    @Override
    public Integer call() {
        ModelRef ref = ModelRef.parse(name);
        return model.with(fleet -> {
            fleet.models().retire(ref, ModelCommand.user(), reason);
            model.screen().line(ref + " is retired");
            return ModelCommand.DONE;
        });
    }
}
