package io.fleetsdk.storage.training;

import io.fleetsdk.job.JobContext;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.CheckpointRef;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.TrainingContext;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingTask;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A run's attempt as its trainer sees it. */
final class TrainingAttempt implements TrainingContext {
    private final TrainingRequest request;
    private final JobContext job;
    private final TrainingStores stores;
    private final AttemptDirectory directory;
    private final Optional<SavedEpoch> checkpoint;
    private final RunLog log;
    private final TrainingJobs jobs;
    private RunDetail detail;
    private double fraction;
    private String message;

    TrainingAttempt(
            TrainingRequest request,
            JobContext job,
            TrainingStores stores,
            AttemptDirectory directory,
            Optional<SavedEpoch> checkpoint,
            RunLog log,
            TrainingJobs jobs) {
        this.request = request;
        this.job = job;
        this.stores = stores;
        this.directory = directory;
        this.checkpoint = checkpoint;
        this.log = log;
        this.jobs = jobs;
        this.detail = jobs.detail(job.lastProgress()).of(request);
        this.fraction = job.lastProgress().fraction();
        this.message = job.lastProgress().message();
    }

    /** Says that it has begun. */
    synchronized TrainingAttempt begin() {
        tell();
        return this;
    }

    @Override
    public TrainingTask task() {
        return request.task();
    }

    @Override
    public JsonObject parameters() {
        return request.parameters();
    }

    @Override
    public Path dataset() {
        return directory.dataset();
    }

    @Override
    public Path directory() {
        return directory.work();
    }

    @Override
    public Optional<SavedEpoch> checkpoint() {
        return checkpoint;
    }

    @Override
    public int checkpointEvery() {
        return request.checkpointEvery();
    }

    @Override
    public synchronized void report(EpochReport report, int epochs) {
        detail = detail.with(report);
        fraction = Math.min(1, (double) report.epoch() / Math.max(1, epochs));
        message = String.format(Locale.ROOT, "epoch %d of %d: loss %.6g", report.epoch(), epochs, report.loss());
        tell();
    }

    @Override
    public void checkpoint(SavedEpoch saved) {
        stores.keep(new CheckpointRef(job.ref().id(), saved.epoch()), saved.file());
        kept(saved.epoch());
    }

    private synchronized void kept(int epoch) {
        detail = detail.withCheckpoint(epoch);
        tell();
    }

    private void tell() {
        job.progress(fraction, message, jobs.detail(detail));
    }

    @Override
    public void log(String line) {
        log.line(line);
    }

    @Override
    public boolean isCancelled() {
        return job.isCancelled();
    }

    @Override
    public void throwIfCancelled() {
        job.throwIfCancelled();
    }

    @Override
    public void onCancel(Runnable action) {
        job.onCancel(action);
    }
}
