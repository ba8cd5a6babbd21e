package io.fleetsdk.storage.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.training.Trainer;
import io.fleetsdk.training.TrainingTask;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A worker that does training. All workers of a queue should know the same trainers: a run whose trainer the worker does not know fails.
 *
 * <pre>{@code
 * training.start(TrainingWorkerOptions.of(Path.of("/var/tmp"), new LinearTrainer()).withConcurrency(2));
 * }</pre>
 *
 * @param directory where each attempt has a directory of its own while it lasts; must hold the dataset and what the trainer writes
 * @param trainers by name
 * @param concurrency runs at the same time, 1 to 1,000; 1 by default
 */
public record TrainingWorkerOptions(Path directory, Map<String, Trainer> trainers, int concurrency) {
    public TrainingWorkerOptions {
        directory = Require.present("directory", directory);
        trainers = Require.map("trainers", trainers);
        Require.within("trainers", trainers.size(), 1, Integer.MAX_VALUE);
        Require.within("concurrency", concurrency, 1, 1_000);
    }

    public static TrainingWorkerOptions of(Path directory, Trainer... trainers) {
        Map<String, Trainer> byName = new LinkedHashMap<>();
        for (Trainer trainer : trainers) {
            if (byName.putIfAbsent(trainer.name(), trainer) != null) {
                throw new InvalidInputException("trainers", trainer.name(), "must have different names");
            }
        }
        return new TrainingWorkerOptions(directory, byName, 1);
    }

    public TrainingWorkerOptions withConcurrency(int runsAtOnce) {
        return new TrainingWorkerOptions(directory, trainers, runsAtOnce);
    }

    JobWorker startOn(JobQueue queue, TrainingStores stores) {
        TrainingWork work = new TrainingWork(trainers, stores, directory, Clock.systemUTC());
        JobWorker.Builder worker = JobWorker.builder(queue).concurrency(concurrency);
        for (TrainingTask task : TrainingTask.values()) {
            worker.handle(TrainingJobs.type(task), work);
        }
        return worker.start();
    }
}
