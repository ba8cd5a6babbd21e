package io.fleetsdk.storage.training;

import io.fleetsdk.Fleet;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A worker in a process of its own, which gets stuck in the fifth epoch, until it is killed. */
final class StuckWorkerMain {
    private static final int EPOCH = 5;

    private StuckWorkerMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        Path directory = Path.of(arguments[2]);
        Fleet fleet = NatsFleet.connect(NatsOptions.of(arguments[0]));
        QueuedTraining training =
                QueuedTraining.on(fleet.jobs().queue(arguments[1]), new FileStores(directory.resolve("stores")));
        training.start(TrainingWorkerOptions.of(directory.resolve("killed"), CountingTrainer.stuckAfter(EPOCH)));
        new CountDownLatch(1).await();
    }
}
