package io.fleetsdk.link;

import io.fleetsdk.command.Command;

/**
 * A command handed to the robot, until {@link #settle()} is called delivered again after every reconnect and restart.
 */
public interface CommandDelivery {
    Command command();

    /** To be called once the command is in the robot's journal: the broker then forgets this delivery. */
    void settle();
}
