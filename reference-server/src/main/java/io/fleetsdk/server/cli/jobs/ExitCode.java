package io.fleetsdk.server.cli.jobs;

/** What the commands here answer to the shell; wrong use and a missing broker are answered for all of {@code fleet} in one place. */
final class ExitCode {
    static final int DONE = 0;
    static final int UNSUCCESSFUL = 1;

    private ExitCode() {}
}
