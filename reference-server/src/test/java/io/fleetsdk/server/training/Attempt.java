package io.fleetsdk.server.training;

import io.fleetsdk.job.JobCancelledException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.TrainingContext;
import io.fleetsdk.training.TrainingTask;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An attempt whose trainer is called directly. */
final class Attempt implements TrainingContext {
    final List<EpochReport> reports = new ArrayList<>();
    final List<SavedEpoch> saved = new ArrayList<>();
    final List<String> lines = new ArrayList<>();

    private final TrainingTask task;
    private final Path dataset;
    private final Path directory;
    private final JsonObject parameters;
    private final Optional<SavedEpoch> checkpoint;
    private int cancelAfter = Integer.MAX_VALUE;

    private Attempt(
            TrainingTask task, Path dataset, Path directory, JsonObject parameters, Optional<SavedEpoch> checkpoint) {
        this.task = task;
        this.dataset = dataset;
        this.directory = directory;
        this.parameters = parameters;
        this.checkpoint = checkpoint;
    }

    static Attempt at(TrainingTask task, Path dataset, Path directory, JsonObject parameters) {
        return new Attempt(task, dataset, directory, parameters, Optional.empty());
    }

    Attempt from(SavedEpoch epoch) {
        return new Attempt(task, dataset, directory, parameters, Optional.of(epoch));
    }

    Attempt cancelledAfter(int epoch) {
        cancelAfter = epoch;
        return this;
    }

    @Override
    public TrainingTask task() {
        return task;
    }

    @Override
    public JsonObject parameters() {
        return parameters;
    }

    @Override
    public Path dataset() {
        return dataset;
    }

    @Override
    public Path directory() {
        return directory;
    }

    @Override
    public Optional<SavedEpoch> checkpoint() {
        return checkpoint;
    }

    @Override
    public int checkpointEvery() {
        return 5;
    }

    @Override
    public void report(EpochReport report, int epochs) {
        reports.add(report);
    }

    @Override
    public void checkpoint(SavedEpoch epoch) {
        saved.add(epoch);
    }

    @Override
    public void log(String line) {
        lines.add(line);
    }

    @Override
    public boolean isCancelled() {
        return reports.size() >= cancelAfter;
    }

    @Override
    public void throwIfCancelled() {
        if (isCancelled()) {
            throw new JobCancelledException("told to stop");
        }
    }

    @Override
    public void onCancel(Runnable action) {}
}
