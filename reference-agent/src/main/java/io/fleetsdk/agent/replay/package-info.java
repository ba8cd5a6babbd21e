/**
 * Recorded drives, read from log files and played again. Read {@link io.fleetsdk.agent.replay.Recording}, then
 * {@link io.fleetsdk.agent.replay.ReplayRobot}; {@code Playback} is the tape that moves, {@code PoseColumns} knows the
 * formats.
 *
 * <p>Whatever a file's own frame is, poses here are in metres with x and y in the plane and z up, headings in rad
 * counter-clockwise from the x axis. A recording is streamed from its file for every lap; its size does not matter to the
 * memory.
 */
@NullMarked
package io.fleetsdk.agent.replay;

import org.jspecify.annotations.NullMarked;
