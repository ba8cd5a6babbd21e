package io.fleetsdk.tck;

import java.util.Map;
import java.util.TreeMap;

/** Why the profile {@link Profile#BASIC} leaves some rules alone. */
final class BasicUntested {
    private static final String RESTART = "needs a restart of the robot in the middle of the run";
    private static final String CUT = "needs a cut of the robot's connection in the middle of the run";
    private static final String ADVICE = "a recommendation, not judged";

    private BasicUntested() {}

    static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        reasons.put("FP-NAM-1", "judged with the schemas: see FP-CAP-1 and FP-STA-1");
        reasons.put("FP-NAM-2", "a robot with a reserved word as its id cannot be named to this suite");
        reasons.put("FP-NAM-3", "judged with the schemas: see FP-IDN-1, FP-CAP-1 and FP-STA-1");
        reasons.put("FP-NAM-4", "would take the robot's life");
        reasons.put("FP-SUB-1", "who has published a message cannot be seen; the broker's permissions see to it");
        reasons.put("FP-ENV-14", ADVICE);
        reasons.put("FP-ENV-15", ADVICE);
        reasons.put("FP-DEL-1", CUT);
        reasons.put("FP-DEL-2", RESTART);
        reasons.put("FP-DEL-3", CUT);
        reasons.put("FP-DEL-4", CUT);
        reasons.put("FP-IDN-2", RESTART);
        reasons.put("FP-CAP-2", RESTART);
        reasons.put("FP-STA-3", ADVICE);
        reasons.put("FP-STA-4", "needs the robot to be shut down");
        reasons.put("FP-TEL-2", "the unit of a number cannot be seen");
        reasons.put("FP-TEL-4", ADVICE);
        reasons.put("FP-TEL-5", ADVICE);
        reasons.put("FP-SET-8", "a permission, nothing to judge");
        reasons.put("FP-SET-9", RESTART);
        reasons.put("FP-CMD-10", RESTART);
        reasons.put("FP-CMD-17", ADVICE);
        reasons.put("FP-EST-8", "a robot may take 60 s to look, or needs a cut of its connection");
        reasons.put("FP-EST-9", "motion of the robot's own accord cannot be told from motion the release began");
        reasons.put("FP-EST-10", "a permission, nothing to judge");
        reasons.put("FP-VER-2", "judged with the envelope: see FP-ENV-2");
        return reasons;
    }
}
