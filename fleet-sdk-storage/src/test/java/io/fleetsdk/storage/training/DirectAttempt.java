package io.fleetsdk.storage.training;

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
import java.util.concurrent.CopyOnWriteArrayList;

/** An attempt whose trainer is called directly, on a thread that can be told to stop. */
final class DirectAttempt implements TrainingContext {
    final List<EpochReport> reports = new CopyOnWriteArrayList<>();
    final List<SavedEpoch> saved = new CopyOnWriteArrayList<>();
    final List<String> lines = new CopyOnWriteArrayList<>();

    private final Path directory;
    private final JsonObject parameters;
    private final TrainingTask task;
    private final Optional<SavedEpoch> checkpoint;
    private final List<Runnable> actions = new ArrayList<>();
    private final Thread runner = Thread.currentThread();
    private boolean cancelled;

    DirectAttempt(TrainingTask task, Path directory, JsonObject parameters, Optional<SavedEpoch> checkpoint) {
        this.directory = directory;
        this.parameters = parameters;
        this.task = task;
        this.checkpoint = checkpoint;
    }

    /** Tells whoever made this attempt to stop, as a worker does. */
    synchronized void cancel() {
        cancelled = true;
        actions.forEach(Runnable::run);
        runner.interrupt();
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
        return directory.resolve("dataset");
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
        return 2;
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
    public synchronized boolean isCancelled() {
        return cancelled;
    }

    @Override
    public void throwIfCancelled() {
        if (isCancelled()) {
            throw new JobCancelledException("told to stop");
        }
    }

    @Override
    public synchronized void onCancel(Runnable action) {
        actions.add(action);
    }
}
