package io.fleetsdk.training;

import io.fleetsdk.internal.Require;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rule for measured figures. */
final class Metrics {
    private Metrics() {}

    static Map<String, Double> checked(@Nullable Map<String, Double> metrics, int most) {
        Map<String, Double> figures = Require.map("metrics", metrics);
        Require.within("metrics", figures.size(), 0, most);
        figures.forEach((name, value) -> Require.finite("metrics." + Require.token("metrics", name), value));
        return figures;
    }
}
