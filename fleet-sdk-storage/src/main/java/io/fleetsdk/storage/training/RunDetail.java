package io.fleetsdk.storage.training;

import io.fleetsdk.internal.Require;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.LossCurve;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run's job carries as the detail of its progress: so whoever takes the job over knows it, and nobody else need be asked.
 *
 * @param curve what the epochs came to
 * @param checkpoints epochs that were kept, in rising order
 */
record RunDetail(LossCurve curve, List<Integer> checkpoints) {
    private static final int MOST_CHECKPOINTS = 100;

    RunDetail {
        curve = curve == null ? LossCurve.empty() : curve;
        checkpoints = Require.list("checkpoints", checkpoints);
    }

    static RunDetail none() {
        return new RunDetail(LossCurve.empty(), List.of());
    }

    RunDetail with(EpochReport report) {
        return new RunDetail(curve.with(report), checkpoints);
    }

    RunDetail withCheckpoint(int epoch) {
        List<Integer> all = Stream.concat(checkpoints.stream(), Stream.of(epoch))
                .distinct()
                .sorted()
                .toList();
        return new RunDetail(curve, all.subList(Math.max(0, all.size() - MOST_CHECKPOINTS), all.size()));
    }
}
