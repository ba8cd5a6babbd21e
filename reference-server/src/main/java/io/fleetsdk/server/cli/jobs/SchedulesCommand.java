package io.fleetsdk.server.cli.jobs;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobSchedules;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.ScheduleStatus;
import io.fleetsdk.server.rest.ScheduleDto;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "schedules",
        description = "Recurring jobs: named times at which the broker has a job submitted.",
        footer = {
            "",
            "Examples:",
            "  fleet jobs schedules list",
            "  fleet jobs schedules put training nightly --cron @daily --type evaluate",
            "  fleet jobs schedules pause training nightly"
        })
final class SchedulesCommand {
    @ParentCommand
    private JobsCommand jobs = new JobsCommand();

    /** Which schedule. */
    static final class Named {
        @Parameters(index = "0", paramLabel = "QUEUE")
        private String queue = "";

        @Parameters(index = "1", paramLabel = "NAME")
        private String name = "";
    }

    /** When, and what to do when a time is missed or the last job still runs. */
    static final class Times {
        @Option(
                names = "--cron",
                required = true,
                paramLabel = "TIMES",
                description = "second minute hour day month weekday, or such as '@every 10m', @daily")
        private String cron = "";

        @Option(names = "--zone", paramLabel = "ZONE", defaultValue = "UTC", description = "Default: ${DEFAULT-VALUE}")
        private ZoneId zone = ZoneId.of("UTC");

        @Option(
                names = "--overlap",
                paramLabel = "WORD",
                defaultValue = "SKIP",
                description = "While its last job has not ended: skip (the default), allow or cancel_running")
        private JobSchedule.Overlap overlap = JobSchedule.Overlap.SKIP;

        @Option(
                names = "--missed",
                paramLabel = "WORD",
                defaultValue = "RUN_ONCE",
                description = "Times at which no worker was there: run_once (the default), skip or run_all")
        private JobSchedule.Missed missed = JobSchedule.Missed.RUN_ONCE;
    }

    @Command(
            description = "Lists them by name.",
            footer = {"", "Examples:", "  fleet jobs schedules list", "  fleet jobs schedules list training --json"})
    int list(
            @Parameters(index = "0", arity = "0..1", paramLabel = "QUEUE", description = "Default: all queues")
                    Optional<String> queue,
            @Mixin Format format) {
        return jobs.with(fleet -> {
            List<JobQueue> queues = Jobs.queues(fleet, queue);
            return format.write(
                    jobs.screen(),
                    () -> queues.stream()
                            .flatMap(one -> one.schedules().list().stream().map(s -> ScheduleDto.of(one.name(), s)))
                            .toList(),
                    () -> jobs.screen().table(table(queues)));
        });
    }

    @Command(
            description = "Creates a schedule or replaces the one of this name.",
            footer = {
                "",
                "Examples:",
                "  fleet jobs schedules put training nightly --type evaluate \\",
                "      --cron '0 30 3 * * *' --zone Europe/Berlin --input @run.json",
                "  fleet jobs schedules put logs sweep --type sweep --cron '@every 10m'"
            })
    int put(
            @Mixin Named named,
            @Mixin Times times,
            @Option(names = "--type", required = true, paramLabel = "TYPE", description = "Kind of work") String type,
            @Option(
                            names = "--input",
                            paramLabel = "INPUT",
                            defaultValue = "{}",
                            description = "JSON, @FILE, or - for standard input. Default: {}")
                    String input,
            @Mixin JobWishes wishes) {
        JobSchedule schedule = JobSchedule.of(
                        named.name, times.cron, JobType.untyped(type), Input.read(input, System.in))
                .withZone(times.zone)
                .withOverlap(times.overlap)
                .withMissed(times.missed)
                .withOptions(wishes.options().build());
        return change(named, "is set", (schedules, name) -> schedules.put(schedule));
    }

    @Command(
            description = "Submits no more jobs of it until it is resumed.",
            footer = {"", "Example:", "  fleet jobs schedules pause training nightly"})
    int pause(@Mixin Named named) {
        return change(named, "is paused", JobSchedules::pause);
    }

    @Command(
            description = "Goes on after a pause.",
            footer = {"", "Example:", "  fleet jobs schedules resume training nightly"})
    int resume(@Mixin Named named) {
        return change(named, "is resumed", JobSchedules::resume);
    }

    @Command(
            description = "Removes it; its jobs stay.",
            footer = {"", "Example:", "  fleet jobs schedules remove training nightly"})
    int remove(@Mixin Named named) {
        return change(named, "is removed", JobSchedules::remove);
    }

    @Command(
            description = "Submits a job of it now and prints the job's id.",
            footer = {"", "Example:", "  fleet jobs schedules trigger training nightly"})
    int trigger(@Mixin Named named) {
        return jobs.with(fleet -> {
            jobs.screen().line(schedules(fleet, named).trigger(named.name).id().value());
            return ExitCode.DONE;
        });
    }

    private int change(Named named, String done, BiConsumer<JobSchedules, String> change) {
        return jobs.with(fleet -> {
            change.accept(schedules(fleet, named), named.name);
            jobs.screen().line("schedule " + named.queue + "/" + named.name + " " + done);
            return ExitCode.DONE;
        });
    }

    private static JobSchedules schedules(Fleet fleet, Named named) {
        return fleet.jobs().queue(named.queue).schedules();
    }

    private Table table(List<JobQueue> queues) {
        Table table = Table.of("QUEUE/NAME", "TIMES", "ZONE", "TYPE", "LAST RUN", "STATE");
        queues.forEach(queue -> queue.schedules().list().forEach(status -> row(table, queue.name(), status)));
        return table;
    }

    private void row(Table table, String queue, ScheduleStatus status) {
        Instant now = jobs.clock().instant();
        JobSchedule schedule = status.schedule();
        table.row(
                queue + "/" + schedule.name(),
                schedule.cron(),
                schedule.zone(),
                schedule.type(),
                status.lastRun().map(time -> Spans.when(time, now)).orElse("never"),
                status.paused() ? "paused" : "open");
    }
}
