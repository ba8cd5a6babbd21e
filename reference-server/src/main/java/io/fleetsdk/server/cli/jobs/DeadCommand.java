package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.DeadLetters;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.server.rest.DeadLetterDto;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "dead",
        description = "The dead letters: jobs that failed for good, kept whole for 30 days.",
        footer = {
            "",
            "Examples:",
            "  fleet jobs dead list",
            "  fleet jobs dead show training export-7",
            "  fleet jobs dead retry training --all",
            "  fleet jobs dead purge training export-7 --yes"
        })
final class DeadCommand {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    @Command(
            description = "Lists them, newest first.",
            footer = {"", "Examples:", "  fleet jobs dead list", "  fleet jobs dead list training --json"})
    int list(
            @Parameters(index = "0", arity = "0..1", paramLabel = "QUEUE", description = "Default: all queues")
                    Optional<String> queue,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "30", description = "1 to 1000. Default: 30")
                    int limit,
            @Mixin Format format) {
        return jobs.with(fleet -> {
            List<DeadLetter> letters = Jobs.queues(fleet, queue).stream()
                    .flatMap(one -> one.deadLetters().list(limit).stream())
                    .sorted(Comparator.comparing(DeadLetter::at).reversed())
                    .limit(limit)
                    .toList();
            return format.write(
                    jobs.screen(),
                    () -> letters.stream().map(DeadLetterDto::brief).toList(),
                    () -> jobs.screen().table(table(letters)));
        });
    }

    @Command(
            description = "Shows all of one: reason, attempts, headers, the message as it came.",
            footer = {"", "Examples:", "  fleet jobs dead show training export-7"})
    int show(
            @Parameters(index = "0", paramLabel = "QUEUE") String queue,
            @Parameters(index = "1", paramLabel = "ID") String id,
            @Mixin Format format) {
        JobRef ref = new JobRef(queue, JobId.of(id));
        return jobs.with(fleet -> {
            DeadLetter letter = letters(fleet, queue)
                    .find(ref.id())
                    .orElseThrow(() -> new NotFoundException("job " + ref + " is not in the dead letters"));
            return format.write(jobs.screen(), () -> DeadLetterDto.of(letter, Screen.codec()), () -> print(letter));
        });
    }

    @Command(
            description = "Puts one or all back into their queue, with all their attempts before them.",
            footer = {
                "",
                "Examples:",
                "  fleet jobs dead retry training export-7",
                "  fleet jobs dead retry training --all"
            })
    int retry(@Mixin Which which) {
        Optional<JobId> one = which.id();
        return jobs.with(fleet -> {
            DeadLetters letters = letters(fleet, which.queue());
            int count = one.map(id -> once(() -> letters.retry(id))).orElseGet(letters::retryAll);
            jobs.screen().line("back in " + which.queue() + ": " + count);
            return ExitCode.DONE;
        });
    }

    @Command(
            description = "Forgets one or all for good. Asks before.",
            footer = {
                "",
                "Examples:",
                "  fleet jobs dead purge training export-7",
                "  fleet jobs dead purge training --all --yes"
            })
    int purge(@Mixin Which which, @Mixin Confirmation confirmation) {
        Optional<JobId> one = which.id();
        return jobs.with(fleet -> {
            DeadLetters letters = letters(fleet, which.queue());
            if (!confirmation.given("Forget " + which + " for good?", jobs.out())) {
                jobs.screen().line("nothing was forgotten");
                return ExitCode.DONE;
            }
            int count = one.map(id -> once(() -> letters.purge(id))).orElseGet(letters::purgeAll);
            jobs.screen().line("forgotten: " + count);
            return ExitCode.DONE;
        });
    }

    private static int once(Runnable action) {
        action.run();
        return 1;
    }

    private static DeadLetters letters(Fleet fleet, String queue) {
        return fleet.jobs().queue(queue).deadLetters();
    }

    private Table table(List<DeadLetter> letters) {
        Instant now = jobs.clock().instant();
        Table table = Table.of("QUEUE/ID", "TYPE", "TRIES", "AGE", "REASON");
        letters.forEach(letter -> table.row(
                letter.ref(),
                letter.type(),
                letter.attempts().size(),
                Spans.rough(Duration.between(letter.at(), now)),
                Words.of(letter.reason())));
        return table;
    }

    private void print(DeadLetter letter) {
        Screen screen = jobs.screen();
        Instant now = jobs.clock().instant();
        screen.line("%-10s %s".formatted("job", letter.ref()));
        screen.line("%-10s %s".formatted("type", letter.type()));
        screen.line("%-10s %s".formatted("given up", Spans.when(letter.at(), now)));
        screen.line("%-10s %s".formatted("reason", Words.of(letter.reason())));
        JobSheet.attempts(letter.attempts(), now).forEach(screen::line);
        letter.headers()
                .forEach((name, values) ->
                        screen.line("%-10s %s: %s".formatted("header", name, String.join(", ", values))));
        screen.line("%-10s %s".formatted("message", new String(letter.payload(), StandardCharsets.UTF_8)));
    }
}
