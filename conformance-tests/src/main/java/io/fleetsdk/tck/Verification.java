package io.fleetsdk.tck;

import java.util.Map;

/**
 * Judges some rules of the protocol: by what the robot does when it is provoked, or by all that was heard in the run. A
 * verdict is left on each rule, in one of the two steps.
 */
interface Verification {
    /** The ids of the rules it judges, each with what an implementer looks at first when it fails. */
    Map<String, String> rules();

    /** Sends what the robot should answer. */
    default void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {}

    /** Judges the whole recording; called when every verification has provoked. */
    default void judge(AgentProbe probe, Verdicts verdicts) {}
}
