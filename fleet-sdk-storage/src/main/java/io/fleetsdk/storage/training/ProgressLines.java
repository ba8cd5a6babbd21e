package io.fleetsdk.storage.training;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.SavedEpoch;
import io.fleetsdk.training.TrainingContext;
import io.fleetsdk.training.TrainingOutput;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a program says. A line that is no progress harms nobody: it goes to the log. Thread-safe. */
final class ProgressLines {
    private final TrainingContext context;
    private final JsonCodec json;
    private @Nullable TrainingOutput result;
    private String lastLine = "it said nothing";

    ProgressLines(TrainingContext context, JsonCodec json) {
        this.context = context;
        this.json = json;
    }

    /** From its standard output. */
    void said(String line) {
        Optional<JsonObject> event = event(line);
        event.ifPresentOrElse(this::happened, () -> logged(line));
    }

    /** From its standard error, or what is no event. */
    synchronized void logged(String line) {
        if (!line.isBlank()) {
            lastLine = line;
        }
        context.log(line);
    }

    synchronized Optional<TrainingOutput> result() {
        return Optional.ofNullable(result);
    }

    synchronized String lastLine() {
        return lastLine;
    }

    private Optional<JsonObject> event(String line) {
        if (!line.startsWith("{")) {
            return Optional.empty();
        }
        try {
            return Optional.of(json.decode(line.getBytes(StandardCharsets.UTF_8), JsonObject.class))
                    .filter(object -> object.string("event").isPresent());
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }

    private void happened(JsonObject event) {
        try {
            switch (event.string("event").orElse("")) {
                case "epoch" -> report(event);
                case "checkpoint" -> context.checkpoint(new SavedEpoch(epoch(event), file(event, "file")));
                case "result" -> keep(result(event));
                default -> logged(event.toString());
            }
        } catch (FleetException e) {
            logged("not taken: " + e.getMessage() + ", of " + event);
        }
    }

    private void report(JsonObject event) {
        int epoch = epoch(event);
        double loss = event.number("loss").orElseThrow(() -> missing("loss"));
        int epochs = (int) Math.max(epoch, event.integer("epochs").orElse(epoch));
        context.report(new EpochReport(epoch, loss, metrics(event)), epochs);
    }

    private synchronized void keep(TrainingOutput output) {
        result = output;
    }

    private TrainingOutput result(JsonObject event) {
        TrainingOutput measured = TrainingOutput.measured(metrics(event));
        return event.string("model").isPresent() ? measured.withModel(file(event, "model")) : measured;
    }

    private static int epoch(JsonObject event) {
        return Math.toIntExact(event.integer("epoch").stream()
                .filter(epoch -> epoch > 0 && epoch <= Integer.MAX_VALUE)
                .findFirst()
                .orElseThrow(() -> missing("epoch")));
    }

    private static Map<String, Double> metrics(JsonObject event) {
        JsonObject figures = event.object("metrics").orElse(JsonObject.empty());
        Map<String, Double> metrics = new HashMap<>();
        for (String name : figures.asMap().keySet()) {
            metrics.put(name, figures.number(name).orElseThrow(() -> missing("metrics." + name)));
        }
        return metrics;
    }

    /** A program may name files of its own directory only. */
    private Path file(JsonObject event, String member) {
        Path directory = context.directory().toAbsolutePath().normalize();
        Path file = directory
                .resolve(event.string(member).orElseThrow(() -> missing(member)))
                .normalize();
        if (!file.startsWith(directory) || !Files.isRegularFile(file)) {
            throw new InvalidInputException(member, file.getFileName(), "must be a file in the program's directory");
        }
        return file;
    }

    private static InvalidInputException missing(String member) {
        return new InvalidInputException(member, "missing", "is required, of its own kind");
    }
}
