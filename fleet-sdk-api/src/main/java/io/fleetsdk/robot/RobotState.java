package io.fleetsdk.robot;

/** What a robot is doing. */
public enum RobotState {
    IDLE,
    EXECUTING,
    CHARGING,
    ERROR,
    /** Held by an emergency stop. */
    STOPPED
}
