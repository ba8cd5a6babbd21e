package io.fleetsdk.server.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.Fleet;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobQueue;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.NonRetryableException;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.testing.NatsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The commands as they are typed, against a real broker and a real worker. */
class JobsCommandTest {
    private static final JobType<JsonObject, JsonObject> DOUBLE =
            JobType.of("double", JsonObject.class, JsonObject.class);
    private static final JobType<JsonObject, Void> BREAK = JobType.of("break", JsonObject.class, Void.class);
    private static final JobType<JsonObject, Void> WAIT = JobType.of("wait", JsonObject.class, Void.class);

    private static final NatsServer SERVER = NatsServer.start();
    private static final Fleet FLEET = NatsFleet.provision(NatsOptions.builder()
            .server(SERVER.url())
            .topology(FleetTopology.defaults().withByteBudget(1L << 30))
            .build());

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private String name = "";
    private JobQueue queue = FLEET.jobs().queue("training");

    @BeforeAll
    static void nobodyTypes() {
        System.setIn(InputStream.nullInputStream());
    }

    @AfterAll
    static void end() {
        FLEET.close();
        SERVER.close();
    }

    @BeforeEach
    void aQueueOfItsOwn(TestInfo test) {
        name = test.getTestMethod().orElseThrow().getName();
        queue = FLEET.jobs().define(JobQueueSpec.of(name));
    }

    @Test
    void aJobIsSubmittedFollowedAndItsResultPrinted() {
        try (JobWorker worker = worker()) {
            assertThat(jobs("submit", name, "double", "{\"n\": 21}", "--id", "one", "--wait"))
                    .isZero();

            assertThat(lines()).startsWith("one").endsWith("{\"n\":42}");
            assertThat(out.toString()).contains(name + "/one  double  succeeded");
            assertThat(worker.id()).isNotEmpty();
        }
    }

    @Test
    void aJobThatFailsIsExitCodeOneWithTheReason() {
        try (JobWorker worker = worker()) {
            assertThat(jobs("submit", name, "break", "--id", "one", "--wait")).isEqualTo(1);

            assertThat(lines())
                    .last()
                    .isEqualTo("job " + name + "/one is failed: NonRetryableException: no such episode");
            assertThat(worker.id()).isNotEmpty();
        }
    }

    @Test
    void optionsReachTheJob() {
        assertThat(jobs(
                        "submit",
                        name,
                        "double",
                        "--id",
                        "one",
                        "--priority",
                        "high",
                        "--delay",
                        "5m",
                        "--tenant",
                        "red",
                        "--retries",
                        "0",
                        "--metadata",
                        "run=7",
                        "--deadline",
                        "PT1H"))
                .isZero();

        assertThat(queue.job(JobId.of("one"))).hasValueSatisfying(job -> {
            assertThat(job.state()).isEqualTo(JobState.DELAYED);
            assertThat(job.priority()).hasToString("HIGH");
            assertThat(job.tenant()).contains("red");
            assertThat(job.metadata()).containsEntry("run", "7");
            assertThat(job.runAt()).hasValueSatisfying(at -> assertThat(at).isAfter(job.submittedAt()));
            assertThat(job.deadline())
                    .hasValueSatisfying(at -> assertThat(at)
                            .isBetween(
                                    job.submittedAt().plusSeconds(3500),
                                    job.submittedAt().plusSeconds(3700)));
        });
    }

    @Test
    void inputComesFromAFileOrStandardInput() throws IOException {
        Path file = Files.writeString(directory.resolve("input.json"), "{\"from\": \"file\"}");
        System.setIn(new ByteArrayInputStream("{\"from\": \"pipe\"}".getBytes(UTF_8)));
        try {
            assertThat(jobs("submit", name, "double", "@" + file, "--id", "file"))
                    .isZero();
            assertThat(jobs("submit", name, "double", "-", "--id", "pipe")).isZero();
        } finally {
            nobodyTypes();
        }

        assertThat(jobs("show", name, "file")).isZero();
        assertThat(jobs("show", name, "pipe")).isZero();
        assertThat(lines()).contains("input      {\"from\":\"file\"}", "input      {\"from\":\"pipe\"}");
    }

    @Test
    void jobsAreListedAlignedAndFiltered() {
        jobs("submit", name, "double", "--id", "a", "--priority", "low");
        jobs("submit", name, "break", "--id", "the-longer-one", "--delay", "1h");
        out.getBuffer().setLength(0);

        await().untilAsserted(() -> {
            out.getBuffer().setLength(0);
            assertThat(jobs("list", name)).isZero();
            assertThat(lines()).hasSize(3);
        });

        assertThat(lines().get(0)).isEqualTo("ID              TYPE    STATE    TRY  AGE  NOTE");
        assertThat(lines().get(1))
                .startsWith("the-longer-one  break   delayed  0    ")
                .contains("at ");
        assertThat(lines().get(2))
                .startsWith("a               double  waiting  0    ")
                .endsWith("low");
        assertThat(run("list", name, "--state", "waiting").lines()).hasSize(2);
        assertThat(run("list", "--type", "break")).contains(name + "/the-longer-one");
        assertThat(json(run("list", name, "--json", "--limit", "1")))
                .singleElement()
                .satisfies(job -> assertThat(job.string("state")).contains("DELAYED"));
    }

    @Test
    void everythingOfAJobIsShown() {
        try (JobWorker worker = worker()) {
            jobs("submit", name, "break", "{\"n\":1}", "--id", "one", "--wait");

            assertThat(run("show", name, "one"))
                    .contains(
                            "job        " + name + "/one",
                            "state      failed",
                            "input      {\"n\":1}",
                            "attempt 1  ",
                            worker.id(),
                            "error      NonRetryableException: no such episode");
            assertThat(new JacksonCodec()
                            .decode(run("show", name, "one", "--json").getBytes(UTF_8), JsonObject.class))
                    .satisfies(job -> assertThat(job.object("input")).contains(JsonObject.of("n", 1)));
        }
    }

    @Test
    void aWatchedJobIsALineForEachChangeWhereThereIsNoTerminal() throws Exception {
        try (JobWorker worker = worker()) {
            jobs("submit", name, "wait", "--id", "one");
            CompletableFuture<Integer> watch = CompletableFuture.supplyAsync(() -> jobs("watch", name, "one"));
            await().until(() -> out.toString().contains("half way"));

            goOn.countDown();

            assertThat(watch.get(20, TimeUnit.SECONDS)).isZero();
            assertThat(lines())
                    .anySatisfy(line -> assertThat(line).contains(name + "/one  wait  running", "50 % half way"));
            assertThat(lines()).last().asString().contains("succeeded");
            assertThat(worker.id()).isNotEmpty();
        }
    }

    @Test
    void aWatchedQueueIsALineForEachStep() throws InterruptedException {
        Thread watch = new Thread(() -> jobs("watch", name), "watch");
        watch.start();
        try (JobWorker worker = worker()) {
            await().untilAsserted(() -> {
                queue.submit(DOUBLE, JsonObject.of("n", 1));
                assertThat(out.toString()).contains("double  succeeded");
            });
            assertThat(worker.id()).isNotEmpty();
        }
        watch.interrupt();
        watch.join(TimeUnit.SECONDS.toMillis(20));

        assertThat(watch.isAlive()).isFalse();
    }

    @Test
    void aWaitingJobIsCancelledOnce() {
        jobs("submit", name, "double", "--id", "one");

        assertThat(run("cancel", name, "one")).isEqualToIgnoringNewLines(name + "/one is cancelled");

        assertThat(jobs("cancel", name, "one")).isEqualTo(2);
        assertThat(err.toString().lines()).singleElement().asString().startsWith("fleet: ");
        assertThat(jobs("watch", name, "one")).isEqualTo(1);
    }

    @Test
    void aRunningJobIsToldToStop() {
        try (JobWorker worker = worker()) {
            jobs("submit", name, "wait", "--id", "one");
            await().until(() -> state("one") == JobState.RUNNING);

            assertThat(jobs("cancel", name, "one")).isZero();

            await().until(() -> state("one") == JobState.CANCELLED);
            assertThat(worker.id()).isNotEmpty();
        }
    }

    @Test
    void deadLettersAreListedShownRetriedAndPurged() {
        try (JobWorker worker = worker()) {
            jobs("submit", name, "break", "{\"n\":1}", "--id", "one", "--wait");
            jobs("submit", name, "break", "{\"n\":2}", "--id", "two", "--wait");
            await().until(() -> queue.deadLetters().list(10).size() == 2);

            assertThat(run("dead", "list", name))
                    .contains(name + "/one  break  1 ", "NonRetryableException: no such episode");
            assertThat(json(run("dead", "list", name, "--json"))).hasSize(2);
            assertThat(run("dead", "show", name, "one")).contains("message    {\"n\":1}", "attempt 1", worker.id());

            assertThat(run("dead", "retry", name, "--all")).isEqualToIgnoringNewLines("back in " + name + ": 2");
            await().until(() -> queue.deadLetters().list(10).size() == 2);
            assertThat(run("retry", name, "one")).contains(name + "/one is in its queue again");
            await().until(() -> queue.deadLetters().list(10).size() == 2);
            assertThat(run("dead", "purge", name, "one", "--yes")).isEqualToIgnoringNewLines("forgotten: 1");
        }
        assertThat(run("dead", "purge", name, "--all", "--yes")).isEqualToIgnoringNewLines("forgotten: 1");
        assertThat(queue.deadLetters().list(10)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 2, 1", "'n\n', 0, 1", "'yes\n', 0, 0"})
    void nothingIsForgottenWithoutAYes(String typed, int code, int left) {
        try (JobWorker worker = worker()) {
            queue.deadLetters().purgeAll();
            String id = JobId.random().value();
            jobs("submit", name, "break", "--id", id, "--wait");
            await().until(() -> queue.deadLetters().list(10).size() == 1);
            assertThat(worker.id()).isNotEmpty();
        }
        System.setIn(new ByteArrayInputStream(typed.getBytes(UTF_8)));
        try {
            assertThat(jobs("dead", "purge", name, "--all")).isEqualTo(code);
        } finally {
            nobodyTypes();
        }

        assertThat(out.toString()).contains("Forget all dead letters of " + name + " for good? [y/N]");
        assertThat(queue.deadLetters().list(10)).hasSize(left);
    }

    @Test
    void queuesAndWorkersAreShownInNumbers() {
        jobs("submit", name, "double", "--priority", "high");
        jobs("submit", name, "double", "--delay", "1h");

        assertThat(run("pause", name)).isEqualToIgnoringNewLines(name + " is paused");
        await().untilAsserted(
                        () -> assertThat(run("queues", name).lines().toList().get(1))
                                .matches(name + " +0/1/0/0 +[0-9]+s +1 +0 +0 +0 +0 +0 +paused"));
        assertThat(run("resume", name)).isEqualToIgnoringNewLines(name + " is resumed");
        assertThat(json(run("queues", name, "--json"))).singleElement().satisfies(shown -> {
            assertThat(shown.get("paused")).contains(false);
            assertThat(shown.get("addRate")).isEmpty();
        });

        try (JobWorker worker = worker()) {
            await().untilAsserted(() -> assertThat(run("workers", "list", name))
                    .containsPattern(worker.id() + "  " + name + " +running +0/2 .*break double wait"));
            assertThat(json(run("workers", "list", name, "--json")))
                    .singleElement()
                    .satisfies(shown -> assertThat(shown.string("id")).contains(worker.id()));
        }
    }

    @Test
    void aWorkerIsToldToPauseToGoOnAndToStop() {
        try (JobWorker worker = worker()) {
            await().untilAsserted(() -> assertThat(run("worker", "list", name)).contains(worker.id()));

            assertThat(run("workers", "quiet", name, worker.id()))
                    .isEqualToIgnoringNewLines("worker " + name + "/" + worker.id() + " is told to take no more jobs");
            await().until(() -> worker.state() == WorkerState.QUIET);
            run("workers", "resume", name, worker.id());
            await().until(() -> worker.state() == WorkerState.RUNNING);
            run("workers", "terminate", name, worker.id());
            await().until(() -> worker.state() == WorkerState.STOPPED);
        }
    }

    @Test
    void schedulesAreSetPausedTriggeredAndRemoved() {
        assertThat(run(
                        "schedules",
                        "put",
                        name,
                        "nightly",
                        "--cron",
                        "0 30 3 * * *",
                        "--zone",
                        "Europe/Berlin",
                        "--type",
                        "double",
                        "--input",
                        "{\"n\":4}"))
                .isEqualToIgnoringNewLines("schedule " + name + "/nightly is set");
        assertThat(run("schedules", "list", name).lines().toList().get(1))
                .matches(name + "/nightly +0 30 3 \\* \\* \\* +Europe/Berlin +double +never +open");

        assertThat(run("schedules", "pause", name, "nightly")).contains("is paused");
        assertThat(json(run("schedules", "list", name, "--json")))
                .singleElement()
                .satisfies(schedule -> assertThat(schedule.get("paused")).contains(true));
        String id = run("schedules", "trigger", name, "nightly").strip();
        assertThat(queue.job(JobId.of(id)))
                .hasValueSatisfying(job -> assertThat(job.input()).isPresent());
        assertThat(run("schedules", "resume", name, "nightly")).contains("is resumed");
        assertThat(run("schedules", "remove", name, "nightly")).contains("is removed");

        assertThat(run("schedules", "list", name).lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "submit training                               | Missing required parameter",
                "submit training finetune {                    | json",
                "submit training finetune @nowhere.json        | must name a file that is there",
                "submit training finetune {} --delay soon      | 'soon' must be such as 30s, 5m, 2h or PT30S",
                "submit training finetune {} --priority urgent | expected one of",
                "submit training finetune {} --retries 100     | maxAttempts",
                "submit training fine.tune                     | type",
                "submit nowhere finetune                       | no queue nowhere",
                "show training no-such-job                     | nothing is kept of a job training/no-such-job",
                "cancel training no-such-job                   | no-such-job",
                "watch training no-such-job                    | nothing is kept of a job",
                "list --limit 0                                | limit",
                "dead show training no-such-job                | is not in the dead letters",
                "dead retry training                           | must be given, or --all, not both",
                "dead purge training one --all --yes           | must be given, or --all, not both",
                "schedules pause training no-such              | no-such",
                "workers quiet training nobody                 | queue training has no worker nobody",
                "schedules put training x --cron daily --type t | cron",
            })
    void aMistakeIsOneLineAndExitCodeTwo(String words, String line) {
        assertThat(jobs(words.split(" +"))).isEqualTo(2);

        assertThat(err.toString()).contains(line);
        assertThat(err.toString().strip().lines()).hasSize(1);
    }

    @Test
    void aBrokerOutOfReachIsOneLineAndExitCodeThree() {
        assertThat(fleet("jobs", "queues", "--nats", "nats://127.0.0.1:1")).isEqualTo(3);

        assertThat(err.toString().lines()).singleElement().asString().startsWith("fleet: cannot connect to");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submit",
                "list",
                "show",
                "watch",
                "cancel",
                "retry",
                "queues",
                "workers",
                "workers list",
                "workers quiet",
                "workers resume",
                "workers terminate",
                "pause",
                "resume",
                "dead",
                "dead list",
                "dead show",
                "dead retry",
                "dead purge",
                "schedules",
                "schedules list",
                "schedules put",
                "schedules pause",
                "schedules resume",
                "schedules trigger",
                "schedules remove"
            })
    void helpHasExamplesAndExitCodes(String command) {
        assertThat(fleet(("jobs " + command + " --help").split(" "))).isZero();

        assertThat(out.toString())
                .contains("Example", "  fleet jobs " + command, "Exit codes:", "--nats=URL")
                .doesNotContain("@|");
        assertThat(out.toString().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
    }

    private JobWorker worker() {
        return JobWorker.builder(queue)
                .handle(
                        DOUBLE,
                        (input, context) ->
                                JsonObject.of("n", 2 * input.integer("n").orElse(0)))
                .handle(BREAK, (input, context) -> {
                    throw new NonRetryableException("no such episode");
                })
                .handle(WAIT, (input, context) -> {
                    context.progress(0.5, "half way");
                    goOn.await();
                    return null;
                })
                .concurrency(2)
                .start();
    }

    private JobState state(String id) {
        return queue.job(JobId.of(id)).orElseThrow().state();
    }

    /** What a command that succeeds has written. */
    private String run(String... words) {
        out.getBuffer().setLength(0);
        assertThat(jobs(words)).as(err.toString()).isZero();
        return out.toString();
    }

    private int jobs(String... words) {
        return fleet(Stream.of(Stream.of("jobs"), Stream.of(words), Stream.of("--nats", SERVER.url()))
                .flatMap(part -> part)
                .toArray(String[]::new));
    }

    private int fleet(String... words) {
        CommandLine line = FleetMain.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(words);
    }

    private List<String> lines() {
        return out.toString().lines().toList();
    }

    private static List<JsonObject> json(String text) {
        return List.of(new JacksonCodec().decode(text.getBytes(UTF_8), JsonObject[].class));
    }
}
