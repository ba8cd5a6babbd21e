package io.fleetsdk.command;

/** Command types that every agent understands, beside those its capability lists. */
public final class CommandTypes {
    /** Announce identity and capability again; no parameters. */
    public static final String IDENTIFY = "identify";

    /** Cancel the command named by the parameter {@code commandId}. */
    public static final String CANCEL = "cancel";

    /** Latch an emergency stop; travels on the estop subjects only, with the latch's {@code revision}. */
    public static final String EMERGENCY_STOP = "emergency_stop";

    /** Release an emergency stop whose revision is below the parameter {@code revision}. */
    public static final String EMERGENCY_STOP_RELEASE = "emergency_stop_release";

    private CommandTypes() {}
}
