package io.fleetsdk.server.cli.models;

import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.server.rest.ModelVersionDto;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "show",
        description = "Shows all of one version.",
        footer = {"", "Examples:", "  fleet model show walker:7", "  fleet model show walker@champion --json"})
final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    @Parameters(index = "0", paramLabel = "NAME:VERSION|NAME@ALIAS")
    private String name = "";

    @Mixin
    private OutputFormat format = new OutputFormat();

    @Override
    public Integer call() {
        return model.with(fleet -> {
            ModelVersion version = Models.named(fleet, name);
            return format.write(
                    model.screen(),
                    () -> ModelVersionDto.of(version),
                    () -> VersionSheet.of(version).forEach(model.screen()::line));
        });
    }
}
