package io.fleetsdk.server.cli.models;

import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelAlias;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.server.cli.jobs.Table;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "alias",
        description = "Names such as champion that point at a version.",
        footer = {
            "",
            "Examples:",
            "  fleet model alias point walker:7 champion --reason 'walks further'",
            "  fleet model alias history walker champion"
        })
final class AliasCommand {
    @ParentCommand
    private ModelCommand model = new ModelCommand();

    /** Why, and from where. */
    static final class Move {
        @Option(names = "--reason", required = true, paramLabel = "TEXT")
        private String reason = "";

        @Option(names = "--if-move", paramLabel = "N", description = "Only if this move was the last; 0: never set")
        private Optional<Long> last = Optional.empty();

        AliasGuard guard() {
            return last.map(AliasGuard::move).orElseGet(AliasGuard::any);
        }
    }

    @Command(
            description = "Points it at a version that is signed and not expired.",
            footer = {"", "Example:", "  fleet model alias point walker:7 champion --reason 'walks further'"})
    int point(
            @Parameters(index = "0", paramLabel = "NAME:VERSION") String version,
            @Parameters(index = "1", paramLabel = "ALIAS") String alias,
            @Mixin Move move) {
        ModelRef to = ModelRef.parse(version);
        return model.with(
                fleet -> tell(fleet.models().point(alias, to, move.guard(), ModelCommand.user(), move.reason)));
    }

    @Command(
            description = "Makes it point nowhere.",
            footer = {"", "Example:", "  fleet model alias clear walker canary --reason 'the trial is over'"})
    int clear(
            @Parameters(index = "0", paramLabel = "NAME") String name,
            @Parameters(index = "1", paramLabel = "ALIAS") String alias,
            @Mixin Move move) {
        return model.with(
                fleet -> tell(fleet.models().clear(name, alias, move.guard(), ModelCommand.user(), move.reason)));
    }

    @Command(
            description = "Its last 50 moves, the newest first.",
            footer = {"", "Example:", "  fleet model alias history walker champion --json"})
    int history(
            @Parameters(index = "0", paramLabel = "NAME") String name,
            @Parameters(index = "1", paramLabel = "ALIAS") String alias,
            @Mixin OutputFormat format) {
        return model.with(fleet -> {
            List<ModelAlias> moves = fleet.models().aliasHistory(name, alias);
            return format.write(
                    model.screen(), () -> moves, () -> model.screen().table(table(moves)));
        });
    }

    private int tell(ModelAlias alias) {
        model.screen()
                .line(alias.model() + "@" + alias.name() + " points at " + version(alias.version()) + ", move "
                        + alias.move());
        return ModelCommand.DONE;
    }

    private static Table table(List<ModelAlias> moves) {
        Table table = Table.of("MOVE", "VERSION", "AT", "BY", "REASON");
        moves.forEach(
                move -> table.row(move.move(), version(move.version()), move.movedAt(), move.movedBy(), move.reason()));
        return table;
    }

    private static String version(OptionalLong number) {
        return number.isPresent() ? Long.toString(number.getAsLong()) : "nothing";
    }
}
