package io.fleetsdk.command;

import java.util.EnumSet;
import java.util.Set;

/**
 * The life of a command at one robot: REQUESTED, then ACCEPTED or REJECTED, then RUNNING with progress, then COMPLETED,
 * FAILED or CANCELLED. EXPIRED ends it from any state before its end, TIMEOUT once it was accepted. Asked again for a command it
 * knows, a robot answers with the state it has reached, so any of its words may be the first one heard.
 */
public enum CommandState {
    /** Stored by the broker; the robot has not answered. */
    REQUESTED,
    /** The robot will carry it out. */
    ACCEPTED,
    /** The robot will not carry it out, and has not begun. */
    REJECTED,
    /** Under way; progress may follow. */
    RUNNING,
    COMPLETED,
    FAILED,
    CANCELLED,
    /** The deadline passed before the end; the robot did not begin or has stopped. */
    EXPIRED,
    /** The robot accepted and then stayed silent past the deadline: whether it did it is unknown. A late answer replaces this. */
    TIMEOUT;

    private static final Set<CommandState> FINAL = EnumSet.of(REJECTED, COMPLETED, FAILED, CANCELLED, EXPIRED, TIMEOUT);

    /** Whether nothing follows, save a robot's late word after TIMEOUT. */
    public boolean isFinal() {
        return FINAL.contains(this);
    }

    /** Whether the life cycle allows this step. RUNNING repeats with each progress report. */
    public boolean canBecome(CommandState next) {
        return switch (this) {
            case REQUESTED -> next != REQUESTED && next != TIMEOUT;
            case ACCEPTED -> next == RUNNING || next.isFinal() && next != REJECTED;
            case RUNNING -> next == RUNNING || next.isFinal() && next != REJECTED;
            case TIMEOUT -> next == COMPLETED || next == FAILED || next == CANCELLED || next == EXPIRED;
            case REJECTED, COMPLETED, FAILED, CANCELLED, EXPIRED -> false;
        };
    }
}
