package io.fleetsdk.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TrainingValuesTest {
    @Test
    void aLongCurveStaysSmallAndKeepsItsFirstAndItsNewestEpochs() {
        LossCurve curve = IntStream.rangeClosed(1, 10_000)
                .mapToObj(epoch -> EpochReport.of(epoch, 1.0 / epoch))
                .reduce(LossCurve.empty(), LossCurve::with, (a, b) -> b);

        assertThat(curve.epochs()).hasSizeLessThanOrEqualTo(LossCurve.MOST);
        assertThat(curve.epochs()).extracting(EpochReport::epoch).isSorted().contains(1, 9_999, 10_000);
    }

    @Test
    void anEpochThatIsDoneAgainReplacesWhatWasSaidOfItAndLaterOnes() {
        LossCurve curve = LossCurve.empty()
                .with(EpochReport.of(1, 3))
                .with(EpochReport.of(2, 2))
                .with(EpochReport.of(3, 1))
                .with(EpochReport.of(2, 2.5));

        assertThat(curve.epochs()).containsExactly(EpochReport.of(1, 3), EpochReport.of(2, 2.5));
    }

    @Test
    void aReportHasAnEpochAndFiniteFigures() {
        assertThatThrownBy(() -> EpochReport.of(0, 1)).hasMessageContaining("epoch '0.0'");
        assertThatThrownBy(() -> EpochReport.of(1, Double.NaN)).hasMessageContaining("loss 'NaN'");
        assertThatThrownBy(() -> new EpochReport(1, 1, Map.of("accuracy", Double.POSITIVE_INFINITY)))
                .hasMessageContaining("metrics.accuracy");
        assertThatThrownBy(() -> new EpochReport(1, 1, Map.of("two words", 1.0)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aRequestSaysWhatItsTaskNeeds() {
        assertThatThrownBy(() -> request(TrainingTask.FINETUNE, Optional.empty(), Optional.of("m")))
                .hasMessageContaining("dataset 'missing' is required to finetune");
        assertThatThrownBy(() -> request(TrainingTask.FINETUNE, Optional.of("d"), Optional.empty()))
                .hasMessageContaining("model 'missing' is required to finetune");
        assertThatThrownBy(() -> request(TrainingTask.EXPORT, Optional.empty(), Optional.of("m")))
                .hasMessageContaining("from 'missing' is required to export");
        assertThatThrownBy(() -> TrainingRequest.finetune("two words", "d", "m"))
                .hasMessageContaining("trainer");
    }

    private static TrainingRequest request(TrainingTask task, Optional<String> dataset, Optional<String> model) {
        return new TrainingRequest(task, "linear", dataset, model, Set.of(), JsonObject.empty(), 5, Optional.empty());
    }
}
