package io.fleetsdk.command;

/** How urgent, most urgent first. */
public enum Priority {
    CRITICAL,
    HIGH,
    NORMAL,
    LOW
}
