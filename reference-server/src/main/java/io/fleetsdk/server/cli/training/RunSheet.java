package io.fleetsdk.server.cli.training;

import io.fleetsdk.training.EpochReport;
import io.fleetsdk.training.TrainingRequest;
import io.fleetsdk.training.TrainingResult;
import io.fleetsdk.training.TrainingRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** All of a run, a line for each thing there is to say. */
final class RunSheet {
    private final List<String> lines = new ArrayList<>();

    private RunSheet() {}

    static List<String> of(TrainingRun run) {
        RunSheet sheet = new RunSheet();
        sheet.describe(run);
        return sheet.lines;
    }

    private void describe(TrainingRun run) {
        TrainingRequest request = run.request();
        say("run", run.id());
        say("task", request.task().jobType() + " with " + request.trainer());
        say("dataset", request.dataset());
        say("model", request.model());
        say("from", request.from());
        say("state", run.cancelling() ? run.state() + ", told to stop" : run.state());
        say("submitted", run.submittedAt());
        say("started", run.startedAt());
        say("ended", run.endedAt());
        say("attempts", run.attempts());
        run.curve().epochs().forEach(epoch -> say("epoch", text(epoch)));
        if (!run.checkpoints().isEmpty()) {
            say("kept", run.checkpoints());
        }
        run.result().map(TrainingResult::metrics).ifPresent(metrics -> say("metrics", text(metrics)));
        say("registered", run.result().flatMap(TrainingResult::model));
        say("error", run.error().map(error -> error.name() + ": " + error.message()));
    }

    private static String text(EpochReport report) {
        return "%6d  loss %-12.6g %s".formatted(report.epoch(), report.loss(), text(report.metrics()));
    }

    private static String text(Map<String, Double> metrics) {
        return new TreeMap<>(metrics)
                .entrySet().stream()
                        .map(metric -> "%s=%.6g".formatted(metric.getKey(), metric.getValue()))
                        .collect(Collectors.joining(" "));
    }

    private void say(String name, Optional<?> value) {
        value.ifPresent(present -> say(name, present));
    }

    private void say(String name, Object value) {
        lines.add("%-10s %s".formatted(name, value));
    }
}
