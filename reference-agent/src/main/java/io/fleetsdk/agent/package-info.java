/** The reference agent. Read {@code replay} for the robot that replays a recorded drive. */
@NullMarked
package io.fleetsdk.agent;

import org.jspecify.annotations.NullMarked;
