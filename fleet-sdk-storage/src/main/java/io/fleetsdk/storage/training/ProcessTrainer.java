package io.fleetsdk.storage.training;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.training.Trainer;
import io.fleetsdk.training.TrainingContext;
import io.fleetsdk.training.TrainingOutput;
import io.fleetsdk.training.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Training by a program of any language, in a process of its own for each attempt.
 *
 * <p>It starts in an empty directory with one file, {@code request.json}: {@code task}, {@code dataset} (a directory), {@code
 * parameters}, {@code checkpointEvery} and, where it is to go on from one, {@code checkpoint} with {@code epoch} and {@code file}. What it
 * writes to its standard output as one JSON object a line is progress:
 *
 * <pre>{@code
 * {"event":"epoch","epoch":3,"epochs":30,"loss":0.41,"metrics":{"accuracy":0.8}}
 * {"event":"checkpoint","epoch":5,"file":"epoch-5.pt"}
 * {"event":"result","model":"policy.onnx","metrics":{"success":0.7}}
 * }</pre>
 *
 * Files are named within its directory. Every other line, and all of its standard error, goes to the log. Exit code 0 ends the attempt
 * well, any other fails it; 64 says that another attempt would fail as well.
 *
 * <p>When it should stop it gets SIGTERM, and a second later whatever it started is killed; so it is when the process that runs the
 * trainer vanishes. On Linux that reaches children that made themselves independent, too. It does not get the environment variables
 * of its parent that begin with {@code FLEET_} or {@code AWS_}. Immutable.
 */
public final class ProcessTrainer implements Trainer {
    /** What a program says with its exit code when it was called in a wrong way, by custom. */
    private static final int WRONG_INPUT = 64;

    private final String name;
    private final List<String> command;
    private final Map<String, String> environment;
    private final JsonCodec json = new JacksonCodec();

    private ProcessTrainer(Builder builder) {
        name = builder.name;
        command = builder.command;
        environment = Map.copyOf(builder.environment);
    }

    /**
     * @param name by which requests name it; one token
     * @param command the program and its arguments; as it does not start where you are, name files by their whole path
     */
    public static Builder builder(String name, List<String> command) {
        return new Builder(name, command);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public TrainingOutput run(TrainingContext context) throws IOException, InterruptedException {
        Files.write(context.directory().resolve("request.json"), json.encode(request(context)));
        ProgressLines lines = new ProgressLines(context, json);
        try (TrainingProcess process = TrainingProcess.start(command, environment, context.directory(), lines)) {
            int code = process.await(context);
            context.throwIfCancelled();
            return output(code, lines, context.task());
        } catch (InterruptedException e) {
            context.throwIfCancelled();
            throw e;
        }
    }

    private TrainingOutput output(int code, ProgressLines lines, TrainingTask task) throws IOException {
        if (code == WRONG_INPUT) {
            throw new InvalidInputException("trainer " + name, lines.lastLine(), "refused what it was given");
        }
        if (code != 0) {
            throw new IOException("trainer " + name + " ended with code " + code + ": " + lines.lastLine());
        }
        TrainingOutput output = lines.result()
                .orElseThrow(() -> new IOException("trainer " + name + " ended without a result: " + lines.lastLine()));
        if (output.model().isEmpty() && task != TrainingTask.EVALUATE) {
            throw new IOException("trainer " + name + " ended without a model");
        }
        return output;
    }

    private static JsonObject request(TrainingContext context) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("task", context.task().jobType());
        members.put("dataset", context.dataset().toAbsolutePath().toString());
        members.put("parameters", context.parameters());
        members.put("checkpointEvery", context.checkpointEvery());
        context.checkpoint()
                .ifPresent(saved ->
                        members.put("checkpoint", Map.of("epoch", saved.epoch(), "file", absolute(saved.file()))));
        return JsonObject.of(members);
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
    }

    /** Collects what a program needs. Not thread-safe. */
    public static final class Builder {
        private final String name;
        private final List<String> command;
        private final Map<String, String> environment = new LinkedHashMap<>();

        private Builder(String name, List<String> command) {
            this.name = Require.token("name", name);
            this.command = Require.list("command", command);
            Require.within("command", command.size(), 1, Integer.MAX_VALUE);
        }

        /** Adds a variable to its environment, such as {@code CUDA_VISIBLE_DEVICES}. */
        public Builder variable(String variable, String value) {
            environment.put(Require.label("variable", variable), Require.present(variable, value));
            return this;
        }

        public ProcessTrainer build() {
            return new ProcessTrainer(this);
        }
    }
}
