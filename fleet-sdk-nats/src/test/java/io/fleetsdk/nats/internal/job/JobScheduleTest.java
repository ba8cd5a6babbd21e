package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobSchedule.Missed;
import io.fleetsdk.job.JobSchedule.Overlap;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.job.ScheduleStatus;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.protocol.JobSubjects;
import io.fleetsdk.testing.NatsServer;
import io.nats.client.api.StreamInfoOptions;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobScheduleTest {
    private static final String EACH_SECOND = "* * * * * *";
    private static final String NEVER_NOW = "0 0 3 1 1 *";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final JobType<Map<String, Object>, Object> TYPE = type();

    private static NatsServer server;
    private static JobConnection connection;
    private static JobParts parts;
    private static int queues;

    private String queue;
    private String stream;
    private JetStreamSchedules schedules;

    @SuppressWarnings("unchecked")
    private static JobType<Map<String, Object>, Object> type() {
        return (JobType<Map<String, Object>, Object>) (JobType<?, ?>) JobType.of("clean", Map.class, Object.class);
    }

    @BeforeAll
    static void start() {
        server = NatsServer.start();
        connection = JobConnection.open(server.url());
        parts = new JobParts(connection.broker());
    }

    @AfterAll
    static void stop() {
        connection.close();
        server.close();
    }

    @BeforeEach
    void defineQueue() {
        queue = "q" + ++queues;
        JobQueueSpec spec = JobQueueSpec.of(queue);
        connection.broker().provision().accept(spec);
        parts.lanes().open(spec);
        stream = parts.streams().of(queue);
        schedules = new JetStreamSchedules(queue, parts);
    }

    @Test
    void aScheduleIsFoundAsItWasPut() {
        JobSchedule schedule = schedule("nightly", "0 30 3 * * MON-FRI")
                .withZone(ZoneId.of("Europe/Berlin"))
                .withOverlap(Overlap.ALLOW)
                .withMissed(Missed.RUN_ALL)
                .withStartWithin(Duration.ofMinutes(5))
                .withOptions(JobOptions.builder()
                        .priority(JobPriority.HIGH)
                        .tenant("acme")
                        .retry(RetryPolicy.never())
                        .metadata(Map.of("site", "Düsseldorf"))
                        .build());

        schedules.put(schedule);

        ScheduleStatus found = schedules.find("nightly").orElseThrow();
        assertThat(found.schedule()).isEqualTo(schedule);
        assertThat(found.paused()).isFalse();
        assertThat(found.lastRun()).isEmpty();
        assertThat(schedules.find("weekly")).isEmpty();
    }

    @Test
    void schedulesAreListedByName() {
        schedules.put(schedule("b", "@daily"));
        schedules.put(schedule("a", "@every 1h"));

        assertThat(schedules.list())
                .extracting(status -> status.schedule().name())
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "* * * * *",
                "* * * * * * *",
                "0 0 0 L * *",
                "@every 10ms",
                "@at 2099-01-01T00:00:00Z",
                "soon",
                "jeden Tag ü"
            })
    void timesThatTheBrokerDoesNotKeepAreRefused(String cron) {
        assertThatThrownBy(() -> schedules.put(schedule("bad", cron)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("cron");
        assertThat(schedules.find("bad")).isEmpty();
    }

    @Test
    void aZoneThatTheBrokerDoesNotKnowIsRefused() {
        assertThatThrownBy(() -> schedules.put(schedule("z", "@daily").withZone(ZoneId.of("+03:00"))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("zone");
    }

    @Test
    void aRefusedReplacementLeavesTheScheduleAsItWas() throws Exception {
        schedules.put(schedule("s", EACH_SECOND));

        assertThatThrownBy(() -> schedules.put(schedule("s", "nonsense"))).isInstanceOf(InvalidInputException.class);

        assertThat(schedules.find("s").orElseThrow().schedule().cron()).isEqualTo(EACH_SECOND);
        await().atMost(SOON).until(() -> ticks("s") > 0);
    }

    @Test
    void puttingAnIntervalAgainDoesNotBeginItAnew() throws Exception {
        schedules.put(schedule("s", "@every 1h"));
        long first = cronSequence("s");

        schedules.put(schedule("s", "@every 1h").withOverlap(Overlap.ALLOW));
        assertThat(cronSequence("s")).isEqualTo(first);
        assertThat(schedules.find("s").orElseThrow().schedule().overlap()).isEqualTo(Overlap.ALLOW);

        schedules.put(schedule("s", "@every 2h"));
        assertThat(cronSequence("s")).isGreaterThan(first);
    }

    @Test
    void aPausedScheduleHasNoTimesAndStaysPausedWhenItIsReplaced() throws Exception {
        schedules.put(schedule("s", NEVER_NOW));
        schedules.pause("s");
        assertThat(count(JobSubjects.cron(queue, "s"))).isZero();

        schedules.put(schedule("s", "@daily"));
        assertThat(count(JobSubjects.cron(queue, "s"))).isZero();
        assertThat(schedules.find("s").orElseThrow().paused()).isTrue();

        schedules.resume("s");
        assertThat(count(JobSubjects.cron(queue, "s"))).isOne();
        assertThat(schedules.find("s").orElseThrow().paused()).isFalse();
    }

    @Test
    void aRemovedScheduleIsGone() throws Exception {
        schedules.put(schedule("s", EACH_SECOND));
        await().atMost(SOON).until(() -> ticks("s") > 0);

        schedules.remove("s");

        assertThat(schedules.find("s")).isEmpty();
        assertThat(count(JobSubjects.cron(queue, "s"))).isZero();
        assertThat(ticks("s")).isZero();
    }

    @Test
    void whatIsAskedOfASchedulesThatIsNotThereIsRefused() {
        for (Runnable call : Stream.<Runnable>of(
                        () -> schedules.pause("ghost"),
                        () -> schedules.resume("ghost"),
                        () -> schedules.trigger("ghost"),
                        () -> schedules.remove("ghost"))
                .toList()) {
            assertThatThrownBy(call::run).isInstanceOf(NotFoundException.class).hasMessageContaining("ghost");
        }
    }

    @Test
    void withoutWorkersOnlyTheNewestTickStaysForASingleJob() throws Exception {
        schedules.put(schedule("s", EACH_SECOND));

        await().atMost(SOON).until(() -> firings("s") >= 3);
        assertThat(ticks("s")).isOne();
    }

    @Test
    void withoutWorkersTicksThatAreToBePassedOverDisappear() throws Exception {
        schedules.put(schedule("s", EACH_SECOND).withMissed(Missed.SKIP).withStartWithin(Duration.ofSeconds(1)));

        await().atMost(SOON).until(() -> firings("s") >= 5);
        assertThat(ticks("s")).isLessThanOrEqualTo(4);
    }

    private static JobSchedule schedule(String name, String cron) {
        return JobSchedule.of(name, cron, TYPE, Map.of("depth", 3, "name", "ü"));
    }

    private long cronSequence(String name) throws Exception {
        return connection
                .broker()
                .management()
                .getLastMessage(stream, JobSubjects.cron(queue, name))
                .getSeq();
    }

    private long ticks(String name) throws Exception {
        return count(JobSubjects.tick(queue, name));
    }

    /** How often the broker has fired, as far as the sequences show. */
    private long firings(String name) throws Exception {
        return connection
                        .broker()
                        .management()
                        .getStreamInfo(stream)
                        .getStreamState()
                        .getLastSequence()
                - 1;
    }

    private long count(String subject) throws Exception {
        return connection
                .broker()
                .management()
                .getStreamInfo(stream, StreamInfoOptions.filterSubjects(subject))
                .getStreamState()
                .getSubjectMap()
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
