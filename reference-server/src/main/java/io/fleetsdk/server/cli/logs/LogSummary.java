package io.fleetsdk.server.cli.logs;

import io.fleetsdk.job.ChildOutcome;
import io.fleetsdk.job.JobContext;
import io.fleetsdk.job.JobHandler;
import io.fleetsdk.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Adds up what the compressions before it came to. */
final class LogSummary implements JobHandler<JsonObject, LogTotals> {
    @Override
    public LogTotals handle(JsonObject nothing, JobContext context) {
        List<JsonObject> results = context.children().stream()
                .map(ChildOutcome::result)
                .flatMap(result -> result.stream())
                .map(result ->
                        JsonObject.of(Map.of("log", result)).object("log").orElse(JsonObject.empty()))
                .toList();
        long in = sum(results, result -> result.integer("bytesIn").orElse(0));
        long out = sum(results, result -> result.integer("bytesOut").orElse(0));
        return new LogTotals(results.size(), in, out, in == 0 ? 1 : (double) out / in);
    }

    private static long sum(List<JsonObject> results, ToLongFunction<JsonObject> number) {
        return results.stream().mapToLong(number).sum();
    }
}
