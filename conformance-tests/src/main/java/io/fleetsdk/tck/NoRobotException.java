package io.fleetsdk.tck;

import io.fleetsdk.FleetException;

/** The robot was not heard: it is not connected to this broker, or has another id. Nothing was judged. */
public final class NoRobotException extends FleetException {
    private static final long serialVersionUID = 1L;

    NoRobotException(AgentUnderTest agent) {
        super(
                "robot " + agent.robot() + " was not heard at " + agent.server() + " within "
                        + agent.timeout().toMillis() / 1000.0
                        + " s: is it connected to this broker, and is that its id?",
                null);
    }
}
