package io.fleetsdk.agent.robot;

import io.fleetsdk.edge.RobotDriver;

/** A robot made of numbers: somebody has to let time pass for it. */
public interface SteppedRobot extends RobotDriver {
    /**
     * Lets time pass. Thread-safe, quick, throws nothing.
     *
     * @param seconds at least 0; a tenth or less gives smooth motion
     */
    void step(double seconds);
}
