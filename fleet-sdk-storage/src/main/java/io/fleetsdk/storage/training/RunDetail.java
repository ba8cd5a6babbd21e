package io.fleetsdk.storage.training;

import io.fleetsdk.internal.Require;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.LossCurve;
import io.fleetsdk.training.TrainingRequest;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a run's job carries as the detail of its progress: so whoever takes the job over knows it, and nobody else need be asked.
 *
 * @param request what is wanted, for a job's input is not kept beyond its end
 * @param curve what the epochs came to
 * @param checkpoints epochs that were kept, in rising order
 */
record RunDetail(Optional<TrainingRequest> request, LossCurve curve, List<Integer> checkpoints) {
    private static final int MOST_CHECKPOINTS = 100;

    RunDetail {
        request = Require.orEmpty(request);
        curve = curve == null ? LossCurve.empty() : curve;
        checkpoints = Require.list("checkpoints", checkpoints);
    }

    RunDetail of(TrainingRequest wanted) {
        return new RunDetail(Optional.of(wanted), curve, checkpoints);
    }

    RunDetail with(EpochReport report) {
        return new RunDetail(request, curve.with(report), checkpoints);
    }

    RunDetail withCheckpoint(int epoch) {
        List<Integer> all = Stream.concat(checkpoints.stream(), Stream.of(epoch))
                .distinct()
                .sorted()
                .toList();
        return new RunDetail(request, curve, all.subList(Math.max(0, all.size() - MOST_CHECKPOINTS), all.size()));
    }
}
