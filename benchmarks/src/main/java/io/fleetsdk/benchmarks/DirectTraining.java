package io.fleetsdk.benchmarks;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.TrainingContext;
import io.fleetsdk.training.TrainingTask;
import java.nio.file.Path;
import java.util.Optional;

/** What a trainer is called with where there is no service: nothing is kept but the files it writes. */
record DirectTraining(Path dataset, Path directory, int checkpointEvery) implements TrainingContext {
    @Override
    public TrainingTask task() {
        return TrainingTask.FINETUNE;
    }

    @Override
    public JsonObject parameters() {
        return JsonObject.empty();
    }

    @Override
    public Optional<SavedEpoch> checkpoint() {
        return Optional.empty();
    }

    @Override
    public void report(EpochReport report, int epochs) {}

    @Override
    public void checkpoint(SavedEpoch saved) {}

    @Override
    public void log(String line) {}

    @Override
    public boolean isCancelled() {
        return false;
    }

    @Override
    public void throwIfCancelled() {}

    @Override
    public void onCancel(Runnable action) {}
}
