package io.fleetsdk.training;

import io.fleetsdk.internal.Require;
import java.util.Map;

/**
 * What an epoch came to.
 *
 * @param epoch from 1
 * @param loss as the trainer defines it; finite
 * @param metrics whatever else it measured, at most 8; names are tokens, values finite
 */
public record EpochReport(int epoch, double loss, Map<String, Double> metrics) {
    private static final int MOST_METRICS = 8;

    public EpochReport {
        Require.within("epoch", epoch, 1, Integer.MAX_VALUE);
        Require.finite("loss", loss);
        metrics = Metrics.checked(metrics, MOST_METRICS);
    }

    public static EpochReport of(int epoch, double loss) {
        return new EpochReport(epoch, loss, Map.of());
    }
}
