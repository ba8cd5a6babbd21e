package io.fleetsdk.storage.training;

import io.fleetsdk.ConflictException;
import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobClient;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobQuery;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.training.CheckpointRef;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingRun;
import io.fleetsdk.training.TrainingService;
import java.util.List;
import java.util.Optional;

/** Training on the job queue {@link JobClient#TRAINING}. */
public final class QueuedTraining implements TrainingService {
    private final JobQueue queue;
    private final TrainingStores stores;
    private final TrainingJobs jobs = new TrainingJobs();

    private QueuedTraining(JobQueue queue, TrainingStores stores) {
        this.queue = queue;
        this.stores = stores;
    }

    /** On the fleet's queue, which is defined where it is missing. */
    public static QueuedTraining on(Fleet fleet, TrainingStores stores) {
        return on(fleet.jobs().define(JobQueueSpec.of(JobClient.TRAINING)), stores);
    }

    /** For who looks and cancels only: to submit and to resume is {@link io.fleetsdk.UnavailableException}. */
    public static QueuedTraining withoutStores(Fleet fleet) {
        return on(fleet, new NoStores());
    }

    /** On a queue of its own. */
    public static QueuedTraining on(JobQueue queue, TrainingStores stores) {
        return new QueuedTraining(queue, stores);
    }

    /** Starts a worker that does runs, here. */
    public JobWorker start(TrainingWorkerOptions options) {
        return options.startOn(queue, stores);
    }

    @Override
    public TrainingRun submit(TrainingRequest request, JobOptions options) {
        jobs.check(request);
        request.dataset().ifPresent(stores::verifyDataset);
        request.from().filter(checkpoint -> !stores.exists(checkpoint)).ifPresent(checkpoint -> {
            throw new NotFoundException("there is no checkpoint " + checkpoint);
        });
        JobId id = queue.submit(TrainingJobs.type(request.task()), request, options)
                .id();
        return known(id);
    }

    @Override
    public Optional<TrainingRun> find(JobId id) {
        return queue.job(id).flatMap(jobs::run);
    }

    /** A list of jobs has no inputs, so each is asked for. */
    @Override
    public List<TrainingRun> list(int limit) {
        return queue.list(JobQuery.newest().withLimit(limit)).stream()
                .map(job -> find(job.ref().id()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public void cancel(JobId id) {
        queue.cancel(id);
    }

    @Override
    public TrainingRun resume(JobId id) {
        Job job = queue.job(id).orElseThrow(() -> unknown(id));
        if (!job.state().isFinal()) {
            throw new ConflictException("training run " + id + " is " + job.state() + ": it goes on by itself");
        }
        CheckpointRef newest = stores.newestCheckpoint(id)
                .orElseThrow(() -> new NotFoundException("training run " + id + " kept no checkpoint"));
        return submit(jobs.run(job).orElseThrow(() -> unknown(id)).request().startingFrom(newest));
    }

    private TrainingRun known(JobId id) {
        return find(id).orElseThrow(() -> unknown(id));
    }

    private static NotFoundException unknown(JobId id) {
        return new NotFoundException("nothing of training run " + id + " is kept");
    }
}
