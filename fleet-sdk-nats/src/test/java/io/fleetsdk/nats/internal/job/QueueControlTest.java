package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.Subscription;
import io.fleetsdk.job.JobFigures;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.QueueLimits;
import io.fleetsdk.job.WorkerInfo;
import io.fleetsdk.job.WorkerState;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.nats.internal.job.JobCounters.Count;
import io.fleetsdk.nats.internal.job.JobSignals.Changed;
import io.fleetsdk.nats.internal.job.JobSignals.Order;
import io.fleetsdk.nats.internal.job.JobSignals.Signal;
import io.fleetsdk.protocol.JobSubjects;
import io.fleetsdk.protocol.JobSubjects.Lane;
import io.fleetsdk.testing.NatsServer;
import io.nats.client.JetStreamSubscription;
import io.nats.client.Message;
import io.nats.client.PullSubscribeOptions;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class QueueControlTest {
    private static final Duration AT_ONCE = Duration.ofMillis(300);

    private static NatsServer server;
    private static JobConnection connection;
    private static JobParts parts;
    private static int queues;

    private String queue;
    private QueueControl control;

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
        control = new QueueControl(queue, parts);
    }

    @Test
    void aPausedQueueDeliversNothingUntilItIsResumed() throws Exception {
        control.pause();
        submit(lane(JobPriority.HIGH), "a");

        assertThat(control.figures().paused()).isTrue();
        JetStreamSubscription standing = pull(lane(JobPriority.HIGH));
        assertThat(standing.nextMessage(AT_ONCE)).isNull();

        control.resume();
        assertThat(standing.nextMessage(Duration.ofSeconds(5))).isNotNull();
        assertThat(control.figures().paused()).isFalse();
    }

    @Test
    void aLaneThatOpensWhileItsQueueIsPausedIsPausedToo() throws Exception {
        control.pause();
        Lane acme = new Lane(queue, JobPriority.LOW, Optional.of("acme"));
        parts.lanes().open(acme);
        submit(acme, "a");

        JetStreamSubscription standing = pull(acme);
        assertThat(standing.nextMessage(AT_ONCE)).isNull();

        control.resume();
        assertThat(standing.nextMessage(Duration.ofSeconds(5))).isNotNull();
    }

    @Test
    void aPauseSurvivesARestartOfTheBroker() throws Exception {
        control.pause();
        submit(lane(JobPriority.NORMAL), "a");

        server.kill();
        server.restart();

        await().ignoreExceptions().until(() -> control.figures().paused());
        assertThat(pull(lane(JobPriority.NORMAL)).nextMessage(AT_ONCE)).isNull();
    }

    @Test
    void limitsStayAndAreTold() {
        QueueLimits limits = QueueLimits.none().withConcurrency(3).withRate(10, Duration.ofSeconds(1));
        Queue<Signal> heard = new ConcurrentLinkedQueue<>();
        try (Subscription listening = parts.signals().receive(queue, heard::add)) {
            assertThat(control.limits()).isEqualTo(QueueLimits.none());

            control.limit(limits);
            control.pause();

            assertThat(control.limits()).isEqualTo(limits);
            await().untilAsserted(() -> assertThat(heard).containsExactly(new Changed(), new Changed()));
        }
    }

    @Test
    void ordersReachListedWorkersOnly() {
        Queue<Signal> heard = new ConcurrentLinkedQueue<>();
        try (Subscription listening = parts.signals().receive(queue, heard::add)) {
            Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
            parts.directory()
                    .report(new WorkerInfo("w", queue, WorkerState.RUNNING, "h", 1, Set.of("t"), List.of(), now, now));
            await().untilAsserted(() -> control.order("w", WorkerState.QUIET));

            assertThatThrownBy(() -> control.order("ghost", WorkerState.QUIET)).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> control.order("w", WorkerState.STOPPED)).isInstanceOf(InvalidInputException.class);
            await().untilAsserted(() -> assertThat(heard).containsExactly(new Order("w", WorkerState.QUIET)));
        }
    }

    @Test
    void figuresCountWhatTheBrokerHolds() throws Exception {
        submit(lane(JobPriority.HIGH), "h1");
        submit(lane(JobPriority.HIGH), "h2");
        submit(lane(JobPriority.LOW), "l1");
        Lane acme = new Lane(queue, JobPriority.LOW, Optional.of("acme"));
        parts.lanes().open(acme);
        submit(acme, "l2");
        delay("d1");
        delay("d2");
        publish(JobSubjects.deadLetter(ref("x")), new Headers());
        parts.counters().add(queue, Count.SUBMITTED, 7);
        parts.counters().add(queue, Count.COMPLETED, 4);
        Message taken = pull(lane(JobPriority.HIGH)).nextMessage(Duration.ofSeconds(5));
        assertThat(taken).isNotNull();

        JobFigures figures = control.figures();

        assertThat(figures.waiting())
                .containsOnlyKeys(JobPriority.values())
                .containsEntry(JobPriority.CRITICAL, 0L)
                .containsEntry(JobPriority.HIGH, 1L)
                .containsEntry(JobPriority.NORMAL, 0L)
                .containsEntry(JobPriority.LOW, 2L);
        assertThat(figures.active()).isEqualTo(1);
        assertThat(figures.delayed()).isEqualTo(2);
        assertThat(figures.deadLetters()).isEqualTo(1);
        assertThat(figures.submitted()).isEqualTo(7);
        assertThat(figures.completed()).isEqualTo(4);
        assertThat(figures.failed()).isZero();
        assertThat(figures.oldestWaiting())
                .hasValueSatisfying(age -> assertThat(age).isLessThan(Duration.ofSeconds(10)));
    }

    @Test
    void anEmptyQueueHasNoOldestJob() {
        JobFigures figures = control.figures();

        assertThat(figures.oldestWaiting()).isEmpty();
        assertThat(figures.waitingInAll()).isZero();
        assertThat(figures.delayed()).isZero();
    }

    @Test
    void theOldestJobOfAllLanesSetsTheAge() throws Exception {
        submit(lane(JobPriority.LOW), "old");
        await().until(() -> control.figures().oldestWaiting().orElseThrow().compareTo(AT_ONCE) > 0);
        submit(lane(JobPriority.CRITICAL), "young");

        assertThat(control.figures().oldestWaiting())
                .hasValueSatisfying(age -> assertThat(age).isGreaterThan(AT_ONCE));
        pull(lane(JobPriority.LOW)).nextMessage(Duration.ofSeconds(5));
        assertThat(control.figures().oldestWaiting())
                .hasValueSatisfying(age -> assertThat(age).isLessThan(AT_ONCE));
    }

    @Test
    void figuresOfManyTenantsAreAddedUp() throws Exception {
        for (int i = 0; i < 20; i++) {
            Lane lane = new Lane(queue, JobPriority.NORMAL, Optional.of("t" + i));
            parts.lanes().open(lane);
            submit(lane, "j" + i);
        }
        assertThat(control.figures().waiting()).containsEntry(JobPriority.NORMAL, 20L);
    }

    private Lane lane(JobPriority priority) {
        return new Lane(queue, priority, Optional.empty());
    }

    private JobRef ref(String id) {
        return new JobRef(queue, JobId.of(id));
    }

    private static void submit(Lane lane, String id) throws Exception {
        publish(lane.job(JobId.of(id)), new Headers());
    }

    private void delay(String id) throws Exception {
        publish(
                JobSubjects.delayed(ref(id)),
                new Headers()
                        .put("Nats-Schedule", "@at " + Instant.now().plusSeconds(3600))
                        .put("Nats-Schedule-Target", lane(JobPriority.LOW).job(JobId.of(id))));
    }

    private static void publish(String subject, Headers headers) throws Exception {
        connection
                .broker()
                .jetStream()
                .publish(NatsMessage.builder()
                        .subject(subject)
                        .headers(headers)
                        .data("{}")
                        .build());
    }

    private JetStreamSubscription pull(Lane lane) throws Exception {
        JetStreamSubscription subscription = connection
                .broker()
                .jetStream()
                .subscribe(
                        lane.jobs(), PullSubscribeOptions.bind(parts.streams().of(queue), QueueLanes.consumer(lane)));
        subscription.pullExpiresIn(1, Duration.ofSeconds(20));
        return subscription;
    }
}
