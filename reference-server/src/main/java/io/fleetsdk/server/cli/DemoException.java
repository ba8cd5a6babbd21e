package io.fleetsdk.server.cli;

/** The demo cannot go on; the message is one line for its user. */
final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private DemoException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** Something its user can correct. */
    static DemoException mistake(String message) {
        return new DemoException(FleetMain.USERS_MISTAKE, message);
    }

    /** Something that should have worked did not. */
    static DemoException failure(String message) {
        return new DemoException(FleetMain.FAILED, message);
    }

    int exitCode() {
        return exitCode;
    }
}
