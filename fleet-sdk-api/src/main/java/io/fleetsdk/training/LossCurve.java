package io.fleetsdk.training;

import io.fleetsdk.internal.Require;
import java.util.ArrayList;
import java.util.List;

/**
 * The epochs of a run, in order. It stays small however long the run is: where there are more than {@value #MOST}, every second one of
 * the older half is left out.
 *
 * @param epochs in rising order; the last is always the newest
 */
public record LossCurve(List<EpochReport> epochs) {
    /** Epochs it holds. */
    public static final int MOST = 60;

    public LossCurve {
        epochs = Require.list("epochs", epochs);
    }

    public static LossCurve empty() {
        return new LossCurve(List.of());
    }

    /** With one more; what was said of this epoch and later ones is replaced, as after going on from a checkpoint. */
    public LossCurve with(EpochReport report) {
        List<EpochReport> more = new ArrayList<>(before(report.epoch()));
        more.add(report);
        return new LossCurve(more.size() > MOST ? thinned(more) : more);
    }

    private List<EpochReport> before(int epoch) {
        return epochs.stream().filter(known -> known.epoch() < epoch).toList();
    }

    private static List<EpochReport> thinned(List<EpochReport> many) {
        List<EpochReport> fewer = new ArrayList<>();
        for (int i = 0; i < many.size(); i++) {
            if (i % 2 == 0 || i > MOST / 2) {
                fewer.add(many.get(i));
            }
        }
        return fewer;
    }
}
