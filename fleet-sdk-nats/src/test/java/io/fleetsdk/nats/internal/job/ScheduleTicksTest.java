package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.job.Job;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobSchedule;
import io.fleetsdk.job.JobSchedule.Missed;
import io.fleetsdk.job.JobSchedule.Overlap;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.protocol.JobSubjects;
import io.fleetsdk.testing.NatsServer;
import io.nats.client.api.MessageInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ScheduleTicksTest {
    private static final String EACH_SECOND = "* * * * * *";
    private static final String NOT_NOW = "0 0 3 1 1 *";
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final JobType<Object, Object> TYPE = JobType.untyped("clean");
    private static final Instant NEXT = Instant.parse("2030-01-02T03:04:05Z");

    private static NatsServer server;
    private static JobConnection connection;
    private static JobConnection otherConnection;
    private static JobParts parts;
    private static JobParts otherParts;
    private static int queues;

    private final List<ScheduleTicks> workers = new ArrayList<>();
    private String queue;
    private JetStreamSchedules schedules;

    @BeforeAll
    static void start() {
        server = NatsServer.start();
        connection = JobConnection.open(server.url());
        otherConnection = JobConnection.open(server.url());
        parts = new JobParts(connection.broker());
        otherParts = new JobParts(otherConnection.broker());
    }

    @AfterAll
    static void stop() {
        otherConnection.close();
        connection.close();
        server.close();
    }

    @BeforeEach
    void defineQueue() {
        queue = "q" + ++queues;
        JobQueueSpec spec = JobQueueSpec.of(queue);
        connection.broker().provision().accept(spec);
        parts.lanes().open(spec);
        schedules = new JetStreamSchedules(queue, parts);
    }

    @AfterEach
    void stopWorkers() {
        workers.forEach(ScheduleTicks::close);
    }

    @Test
    void everyTimeIsOneJobHoweverManyWorkersThereAre() {
        workers();
        schedules.put(schedule(EACH_SECOND).withOverlap(Overlap.ALLOW));

        await().atMost(SOON).until(() -> jobs().size() >= 4);
        schedules.remove("s");

        assertConsecutiveSeconds(jobs());
        Job job = parts.snapshots()
                .find(new JobRef(queue, JobId.of(jobs().get(0))))
                .orElseThrow();
        assertThat(job.type()).isEqualTo("clean");
        assertThat(job.state()).isEqualTo(JobState.WAITING);
    }

    @Test
    void aRestartOfTheBrokerDoublesNoJob() {
        workers();
        schedules.put(schedule(EACH_SECOND).withOverlap(Overlap.ALLOW));
        await().atMost(SOON).until(() -> jobs().size() >= 2);

        server.kill();
        server.restart();

        int before = await().atMost(SOON).ignoreExceptions().until(() -> jobs().size(), size -> size >= 2);
        await().atMost(SOON).until(() -> jobs().size() >= before + 2);
        assertThat(jobs()).doesNotHaveDuplicates();
    }

    @Test
    void aTimeThatComesTwiceIsOneJob() throws Exception {
        schedules.put(schedule(NOT_NOW).withOverlap(Overlap.ALLOW));

        handler(parts).handle(tick(NEXT));
        handler(otherParts).handle(tick(NEXT));
        handler(parts).handle(tick(NEXT.plusSeconds(60)));
        handler(otherParts).handle(tick(NEXT));

        assertThat(jobs()).containsExactlyInAnyOrder(id(NEXT), id(NEXT.plusSeconds(60)));
    }

    @Test
    void aTimeWhoseWorkerDiedBeforeItHadSubmittedBecomesAJobWhenItComesAgain() throws Exception {
        schedules.put(schedule(NOT_NOW));
        ScheduleTick tick = tick(NEXT);
        ScheduleBook book = new ScheduleBook(parts.keys(), queue);
        book.change("s", entry -> entry.ticked(tick.next()).ran(NEXT, tick.job()));
        assertThat(jobs()).isEmpty();

        handler(otherParts).handle(tick);

        assertThat(jobs()).containsExactly(id(NEXT));
    }

    @Test
    void aTimeWhileTheLastJobHasNotEndedIsPassedOver() throws Exception {
        schedules.put(schedule(NOT_NOW));

        handler(parts).handle(tick(NEXT));
        handler(parts).handle(tick(NEXT.plusSeconds(60)));
        assertThat(jobs()).containsExactly(id(NEXT));

        parts.cancellation().cancel(lastJob());
        handler(parts).handle(tick(NEXT.plusSeconds(120)));
        assertThat(jobs()).containsExactly(id(NEXT.plusSeconds(120)));
    }

    @Test
    void theLastJobIsCancelledWhereThatIsWanted() throws Exception {
        schedules.put(schedule(NOT_NOW).withOverlap(Overlap.CANCEL_RUNNING));
        handler(parts).handle(tick(NEXT));
        JobRef first = lastJob();

        handler(parts).handle(tick(NEXT.plusSeconds(60)));

        assertThat(jobs()).containsExactly(id(NEXT.plusSeconds(60)));
        assertThat(parts.snapshots().find(first).map(Job::state)).contains(JobState.CANCELLED);
    }

    @Test
    void aTimeThatComesTwiceDoesNotCancelItsOwnJob() throws Exception {
        schedules.put(schedule(NOT_NOW).withOverlap(Overlap.CANCEL_RUNNING));

        handler(parts).handle(tick(NEXT));
        handler(otherParts).handle(tick(NEXT));

        assertThat(parts.snapshots().find(lastJob()).map(Job::state)).contains(JobState.WAITING);
    }

    @Test
    void missedTimesAreOneJobTogether() throws Exception {
        schedules.put(schedule(NOT_NOW).withOverlap(Overlap.ALLOW));

        handleThreeMissedTicks();

        assertThat(jobs()).containsExactly(id(NEXT.plusSeconds(120)));
    }

    @Test
    void missedTimesArePassedOverWhereThatIsWanted() throws Exception {
        schedules.put(schedule(NOT_NOW).withOverlap(Overlap.ALLOW).withMissed(Missed.SKIP));

        handleThreeMissedTicks();

        assertThat(jobs()).isEmpty();
        assertThat(schedules.find("s").orElseThrow().lastRun()).isEmpty();
    }

    @Test
    void allMissedTimesAreJobsWhereThatIsWanted() throws Exception {
        schedules.put(schedule(NOT_NOW).withOverlap(Overlap.ALLOW).withMissed(Missed.RUN_ALL));

        handleThreeMissedTicks();

        assertThat(jobs()).hasSize(3);
    }

    @Test
    void aPausedOrUnknownScheduleMakesNoJobsAndItsTicksGo() throws Exception {
        schedules.put(schedule(NOT_NOW));
        schedules.pause("s");
        workers();

        tick(NEXT);
        connection.broker().jetStream().publish(JobSubjects.tick(queue, "ghost"), new byte[0]);

        await().atMost(SOON).until(() -> ticks().isEmpty());
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aTriggeredScheduleHasAJobAtOnce() {
        schedules.put(schedule(NOT_NOW));
        schedules.pause("s");

        JobHandle<Object> job = schedules.trigger("s");

        assertThat(jobs()).containsExactly(job.id().value());
        assertThat(schedules.find("s").orElseThrow().lastJob()).contains(job.ref());
        assertThat(schedules.find("s").orElseThrow().lastRun()).isPresent();
    }

    private void workers() {
        workers.add(ScheduleTicks.start(parts, queue));
        workers.add(ScheduleTicks.start(otherParts, queue));
    }

    private static JobSchedule schedule(String cron) {
        return JobSchedule.of("s", cron, TYPE, List.of(1, 2, 3));
    }

    private TickHandler handler(JobParts worker) {
        return new TickHandler(worker, queue, worker.streams().of(queue));
    }

    private void handleThreeMissedTicks() throws Exception {
        Instant longAgo = parts.time().now().minusSeconds(120);
        List<ScheduleTick> ticks = new ArrayList<>();
        for (int minutes = 0; minutes < 3; minutes++) {
            ScheduleTick tick = tick(NEXT.plusSeconds(60L * minutes));
            ticks.add(new ScheduleTick(tick.subject(), tick.next(), longAgo, tick.sequence()));
        }
        ticks.forEach(handler(parts)::handle);
    }

    /** Only the broker may say in a message what the following time is. */
    private ScheduleTick tick(Instant next) throws Exception {
        String subject = JobSubjects.tick(queue, "s");
        long sequence =
                connection.broker().jetStream().publish(subject, new byte[0]).getSeqno();
        return new ScheduleTick(subject, next.toString(), parts.time().now(), sequence);
    }

    private JobRef lastJob() {
        return schedules.find("s").orElseThrow().lastJob().orElseThrow();
    }

    private static String id(Instant next) {
        return "s-" + next.getEpochSecond();
    }

    private List<MessageInfo> ticks() {
        return stored(JobSubjects.allTicks(queue));
    }

    /** The ids of all jobs that wait, in their order. */
    private List<String> jobs() {
        return stored(JobSubjects.allReady(queue)).stream()
                .map(message -> JobSubjects.last(message.getSubject()))
                .toList();
    }

    private static List<MessageInfo> stored(String subjects) {
        return connection
                .broker()
                .lastMessages()
                .of(parts.streams().of(JobSubjects.queueOf(subjects)), List.of(subjects));
    }

    private static void assertConsecutiveSeconds(List<String> ids) {
        List<Long> seconds = ids.stream()
                .map(id -> Long.parseLong(id.substring(id.indexOf('-') + 1)))
                .sorted()
                .toList();
        for (int i = 1; i < seconds.size(); i++) {
            assertThat(seconds.get(i)).isEqualTo(seconds.get(i - 1) + 1);
        }
    }
}
