package io.fleetsdk.storage.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.Trainer;
import io.fleetsdk.training.TrainingContext;
import io.fleetsdk.training.TrainingOutput;
import io.fleetsdk.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Adds the number in the dataset to its sum, once an epoch. Its checkpoints hold the sum. May get stuck. */
final class CountingTrainer implements Trainer {
    private final int stuckAfter;

    private CountingTrainer(int stuckAfter) {
        this.stuckAfter = stuckAfter;
    }

    static CountingTrainer quick() {
        return new CountingTrainer(Integer.MAX_VALUE);
    }

    static CountingTrainer stuckAfter(int epoch) {
        return new CountingTrainer(epoch);
    }

    @Override
    public String name() {
        return "counting";
    }

    @Override
    public TrainingOutput run(TrainingContext context) throws IOException, InterruptedException {
        int epochs = (int) context.parameters()
                .integer("epochs")
                .orElseThrow(() -> new InvalidInputException("epochs", "missing", "is required"));
        int sum = context.checkpoint().isPresent()
                ? number(context.checkpoint().get().file())
                : 0;
        int done = context.checkpoint().map(SavedEpoch::epoch).orElse(0);
        for (int epoch = done + 1; epoch <= epochs && context.task() == TrainingTask.FINETUNE; epoch++) {
            context.throwIfCancelled();
            sum += number(context.dataset().resolve("number"));
            context.log("sum " + sum);
            context.report(EpochReport.of(epoch, 1.0 / sum), epochs);
            if (context.checkpointDue(epoch, epochs)) {
                context.checkpoint(new SavedEpoch(epoch, written(context, "epoch-" + epoch, sum)));
            }
            getStuckIn(epoch);
        }
        TrainingOutput output = TrainingOutput.measured(Map.of("sum", (double) sum));
        return context.task() == TrainingTask.EVALUATE ? output : output.withModel(written(context, "model.onnx", sum));
    }

    private void getStuckIn(int epoch) throws InterruptedException {
        if (epoch >= stuckAfter) {
            new CountDownLatch(1).await();
        }
    }

    private static Path written(TrainingContext context, String name, int sum) throws IOException {
        return Files.writeString(context.directory().resolve(name), Integer.toString(sum));
    }

    private static int number(Path file) throws IOException {
        return Integer.parseInt(Files.readString(file).strip());
    }
}
