package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.server.rest.QueueDto;
import io.fleetsdk.server.rest.QueueView;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "queues",
        description = "Shows the queues in numbers; WAITING is critical/high/normal/low.",
        footer = {"", "Examples:", "  fleet jobs queues", "  fleet jobs queues training --json | jq '.[0].waiting'"})
final class QueuesCommand implements Callable<Integer> {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Parameters(index = "0", arity = "0..1", paramLabel = "QUEUE", description = "Default: all queues")
    private Optional<String> queue = Optional.empty();

    @Mixin
    private Format format = new Format();

    @Override
    public Integer call() {
        return jobs.with(fleet -> {
            List<QueueDto> rows = rows(fleet);
            return format.write(
                    jobs.screen(),
                    () -> rows.stream().map(QueuesCommand::atOneLook).toList(),
                    () -> jobs.screen().table(table(rows)));
        });
    }

    private List<QueueDto> rows(Fleet fleet) {
        QueueView view = new QueueView(fleet);
        return queue.map(name -> List.of(view.queue(name))).orElseGet(view::queues);
    }

    /** Rates need two looks. */
    private static JsonObject atOneLook(QueueDto queue) {
        return Screen.codec()
                .decode(Screen.codec().encode(queue), JsonObject.class)
                .without("addRate")
                .without("finishRate");
    }

    private static Table table(List<QueueDto> rows) {
        Table table = Table.of(
                "QUEUE", "WAITING", "OLDEST", "DELAYED", "ACTIVE", "DONE", "FAILED", "DEAD", "WORKERS", "STATE");
        rows.forEach(row -> table.row(
                row.name(),
                words(row.waiting()),
                row.oldestWaitingSeconds().isPresent()
                        ? age(row.oldestWaitingSeconds().getAsDouble())
                        : "-",
                row.delayed(),
                row.active(),
                row.completed(),
                row.failed(),
                row.deadLetters(),
                row.workers(),
                row.paused() ? "paused" : "open"));
        return table;
    }

    private static String words(QueueDto.Waiting waiting) {
        return waiting.critical() + "/" + waiting.high() + "/" + waiting.normal() + "/" + waiting.low();
    }

    private static String age(double seconds) {
        return Spans.rough(Duration.ofSeconds((long) seconds));
    }
}
