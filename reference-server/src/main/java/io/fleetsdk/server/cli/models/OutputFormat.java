package io.fleetsdk.server.cli.models;

import io.fleetsdk.server.cli.jobs.Screen;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** For people or for programs. */
public final class OutputFormat {
    @Option(names = "--json", description = "Prints JSON, as the REST interface does")
    private boolean json;

    /** Writes the one form that is wanted. */
    public int write(Screen screen, Supplier<?> forPrograms, Runnable forPeople) {
        if (json) {
            screen.json(forPrograms.get());
        } else {
            forPeople.run();
        }
        return ModelCommand.DONE;
    }
}
