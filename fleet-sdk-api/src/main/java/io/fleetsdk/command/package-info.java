/**
 * Instructions to robots. Read {@link io.fleetsdk.command.CommandState} for the life of one,
 * {@link io.fleetsdk.command.CommandClient} to send one, {@link io.fleetsdk.command.EmergencyStop} for the latch that overrules all.
 */
@NullMarked
package io.fleetsdk.command;

import org.jspecify.annotations.NullMarked;
