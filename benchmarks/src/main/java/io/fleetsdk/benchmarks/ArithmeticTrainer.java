package io.fleetsdk.benchmarks;

import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.Trainer;
import io.fleetsdk.training.TrainingContext;
import io.fleetsdk.training.TrainingOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Always as much arithmetic in each epoch, about half a second, and a checkpoint of a megabyte every ten. */
final class ArithmeticTrainer implements Trainer {
    private static final int STEPS = 200_000_000;
    private static final int CHECKPOINT = 1 << 20;

    private final int epochs;

    ArithmeticTrainer(int epochs) {
        this.epochs = epochs;
    }

    @Override
    public String name() {
        return "arithmetic";
    }

    @Override
    public TrainingOutput run(TrainingContext context) throws IOException {
        double weight = 0;
        for (int epoch = 1; epoch <= epochs; epoch++) {
            context.throwIfCancelled();
            weight = descended(weight);
            context.report(new EpochReport(epoch, Math.abs(1 - weight), Map.of("weight", weight)), epochs);
            if (context.checkpointDue(epoch, epochs)) {
                Path file = context.directory().resolve("epoch-" + epoch);
                context.checkpoint(new SavedEpoch(epoch, Files.write(file, new byte[CHECKPOINT])));
            }
        }
        return TrainingOutput.measured(Map.of("weight", weight));
    }

    /** Each step needs the one before, so it takes its time whatever the compiler does. */
    private static double descended(double weight) {
        double next = weight;
        for (int step = 0; step < STEPS; step++) {
            next += 1e-9 * (1 - next);
        }
        return next;
    }
}
