package io.fleetsdk.storage.training;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A worker that can be killed: runs a script of the shell as a trainer. */
final class OneAttemptMain {
    private OneAttemptMain() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        DirectAttempt attempt =
                new DirectAttempt(TrainingTask.FINETUNE, Path.of(arguments[0]), JsonObject.empty(), Optional.empty());
        ProcessTrainerTest.shell(arguments[1]).run(attempt);
    }
}
