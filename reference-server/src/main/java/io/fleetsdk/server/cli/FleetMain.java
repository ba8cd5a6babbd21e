package io.fleetsdk.server.cli;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.server.cli.jobs.JobsCommand;
import io.fleetsdk.server.cli.models.ModelCommand;
import io.fleetsdk.server.cli.training.TrainingCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The {@code fleet} command: exit code 0 is success, 1 a failed check, 2 something its user can correct, 3 a broker out of reach. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        version = "Fleet SDK 0.1.0",
        subcommands = {
            DemoCommand.class,
            JobsCommand.class,
            ModelCommand.class,
            StorageCommand.class,
            TopologyCommand.class,
            TrainingCommand.class
        },
        description = "Runs and inspects a robot fleet.",
        footer = {
            "",
            "Further commands, each with its own --help:",
            "  server   the reference server",
            "  agent    one reference robot",
            "  conform  checks any robot against the protocol"
        })
public final class FleetMain {
    static final int FAILED = 1;
    static final int USERS_MISTAKE = 2;
    static final int NO_BROKER = 3;

    private FleetMain() {}

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine line = new CommandLine(new FleetMain());
        line.setParameterExceptionHandler((e, words) -> complain(e.getCommandLine(), e));
        line.setExecutionExceptionHandler((e, command, result) -> {
            int code = exitCode(e);
            command.getErr().println("fleet: " + e.getMessage());
            return code;
        });
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExpandAtFiles(false);
        if (line.getCommand() instanceof FleetMain) {
            line.getCommandSpec().usageMessage().sortSynopsis(false);
        }
        return line;
    }

    /** What is none of ours goes on as it is. */
    private static int exitCode(Exception e) throws Exception {
        if (e instanceof DemoException failure) {
            return failure.exitCode();
        }
        if (e instanceof UnavailableException || e instanceof UnknownOutcomeException) {
            return NO_BROKER;
        }
        if (e instanceof FleetException) {
            return USERS_MISTAKE;
        }
        throw e;
    }

    private static int complain(CommandLine command, ParameterException e) {
        command.getErr().println("fleet: " + e.getMessage() + " (see fleet " + path(command) + "--help)");
        return USERS_MISTAKE;
    }

    private static String path(CommandLine command) {
        return command.getParent() == null ? "" : path(command.getParent()) + command.getCommandName() + " ";
    }
}
