package io.fleetsdk.storage.training;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobHandler;
import io.fleetsdk.job.NonRetryableException;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.training.CheckpointRef;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.Trainer;
import io.fleetsdk.training.TrainingOutput;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingResult;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does a run: fetches what its trainer needs, lets it work, and keeps what comes out. */
final class TrainingWork implements JobHandler<TrainingRequest, TrainingResult> {
    private static final Logger log = LoggerFactory.getLogger(TrainingWork.class);

    private final Map<String, Trainer> trainers;
    private final TrainingStores stores;
    private final Path directory;
    private final Clock clock;
    private final TrainingJobs jobs = new TrainingJobs();

    TrainingWork(Map<String, Trainer> trainers, TrainingStores stores, Path directory, Clock clock) {
        this.trainers = trainers;
        this.stores = stores;
        this.directory = directory;
        this.clock = clock;
    }

    @Override
    public TrainingResult handle(TrainingRequest request, JobContext job) throws Exception {
        try (AttemptDirectory files = AttemptDirectory.below(directory)) {
            TrainingOutput output = output(trainer(request.trainer()), request, job, files);
            return new TrainingResult(output.metrics(), published(request, job, output));
        } catch (InvalidInputException | NotFoundException e) {
            throw new NonRetryableException(e.getMessage(), e);
        }
    }

    private Trainer trainer(String name) {
        return Optional.ofNullable(trainers.get(name))
                .orElseThrow(() -> new InvalidInputException("trainer", name, "must be one of " + trainers.keySet()));
    }

    private TrainingOutput output(Trainer trainer, TrainingRequest request, JobContext job, AttemptDirectory files)
            throws Exception {
        request.dataset().ifPresent(dataset -> stores.fetchDataset(dataset, files.dataset()));
        job.throwIfCancelled();
        RunLog lines = RunLog.to(files.log(), clock);
        try (lines) {
            Optional<SavedEpoch> checkpoint = checkpoint(request, job, files);
            return trainer.run(new TrainingAttempt(request, job, stores, files, checkpoint, lines, jobs).begin());
        } finally {
            keep(lines, job);
        }
    }

    /** An attempt goes on where the run's last one was, else where the request says. */
    private Optional<SavedEpoch> checkpoint(TrainingRequest request, JobContext job, AttemptDirectory files) {
        Optional<CheckpointRef> wanted = stores.newestCheckpoint(job.ref().id()).or(request::from);
        return wanted.map(checkpoint -> {
            stores.fetch(checkpoint, files.checkpoint());
            return new SavedEpoch(checkpoint.epoch(), files.checkpoint());
        });
    }

    /** Also of an attempt that was interrupted; without its log a run is no worse. */
    private void keep(RunLog lines, JobContext job) throws Exception {
        boolean interrupted = Thread.interrupted();
        try {
            lines.close();
            stores.keepLog(job.ref().id(), job.attempt(), lines.file());
        } catch (FleetException e) {
            log.warn("the log of attempt {} of training run {} was lost", job.attempt(), job.ref(), e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private Optional<ModelRef> published(TrainingRequest request, JobContext job, TrainingOutput output)
            throws Exception {
        if (output.model().isEmpty()) {
            return Optional.empty();
        }
        TrainedModel model = TrainedModel.of(request, job.ref(), output.metrics());
        Path file = output.model().get();
        return Optional.of(job.once("publish", ModelRef.class, () -> stores.publish(model, file)));
    }
}
