package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.job.ChildOutcome;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobFlow.OnFailure;
import io.fleetsdk.job.JobHandle;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobOutcome;
import io.fleetsdk.job.JobQueueSpec;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobState;
import io.fleetsdk.job.JobType;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.nats.JobConnection;
import io.fleetsdk.nats.internal.job.JobPlaces.Place;
import io.fleetsdk.nats.internal.job.JobPlaces.Placed;
import io.fleetsdk.testing.NatsServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JobFlowTest {
    private static final JobType<String, String> WORK = JobType.of("work", String.class, String.class);

    private static NatsServer server;
    private static JobConnection connection;
    private static JobParts parts;
    private static JetStreamJobs jobs;

    @BeforeAll
    @BeforeContainer
    static void start() {
        server = NatsServer.start();
        connection = JobConnection.open(server.url());
        parts = new JobParts(connection.broker());
        jobs = new JetStreamJobs(connection.broker());
        jobs.define(JobQueueSpec.of("here"));
        jobs.define(JobQueueSpec.of("there"));
        jobs.define(JobQueueSpec.of("hand"));
    }

    @AfterAll
    @AfterContainer
    static void stop() {
        jobs.close();
        parts.close();
        connection.close();
        server.close();
    }

    /** How a leaf of a random tree ends, or what an inner node consists of. */
    private sealed interface Tree {
        record Leaf(JobState end) implements Tree {}

        record Inner(List<Branch> branches) implements Tree {}

        record Branch(Tree tree, OnFailure onFailure) {}
    }

    @Property(tries = 20, shrinking = ShrinkingMode.OFF)
    void aParentIsReleasedOrFailsExactlyWhenItsChildrenSaySo(
            @ForAll("trees") Tree tree, @ForAll("seeds") int seed, @ForAll("processes") int processes) {
        List<JobRef> leaves = new ArrayList<>();
        Map<JobRef, JobState> ends = new ConcurrentHashMap<>();
        JobId root = JobId.random();
        JobHandle<String> handle = jobs.queue("here").submit(flow(tree, root.value(), leaves, ends));
        FlowModel model = new FlowModel(parts, handle.ref());
        List<JobParts> others = IntStream.range(0, processes)
                .mapToObj(i -> new JobParts(connection.broker()))
                .toList();

        java.util.Random order = new java.util.Random(seed);
        List<JobRef> begun = new ArrayList<>(leaves);
        while (!begun.isEmpty()) {
            JobRef ref = begun.remove(order.nextInt(begun.size()));
            JobState end = ends.getOrDefault(ref, JobState.SUCCEEDED);
            JobParts process = others.get(order.nextInt(processes));
            JobRecord ended = end(process, ref, end);
            settle(process, ref, ended);
            if (order.nextInt(4) == 0) {
                settle(others.get(order.nextInt(processes)), ref, ended);
            }
            begun.addAll(model.ended(ref, end));
            model.assertAgrees();
        }
        others.forEach(JobParts::close);
    }

    private JobFlow<String, String> flow(Tree tree, String id, List<JobRef> leaves, Map<JobRef, JobState> ends) {
        JobFlow<String, String> flow =
                JobFlow.of(WORK, id, JobOptions.builder().id(id).build());
        JobRef ref = new JobRef("hand", JobId.of(id));
        if (tree instanceof Tree.Leaf leaf) {
            leaves.add(ref);
            ends.put(ref, leaf.end());
        } else if (tree instanceof Tree.Inner inner) {
            for (int i = 0; i < inner.branches().size(); i++) {
                Tree.Branch branch = inner.branches().get(i);
                flow = flow.after("hand", flow(branch.tree(), id + "-" + i, leaves, ends), branch.onFailure());
            }
        }
        return flow;
    }

    @Provide
    Arbitrary<Tree> trees() {
        return inner(3);
    }

    private Arbitrary<Tree> inner(int depth) {
        Arbitrary<Tree> leaf = Arbitraries.of(
                        JobState.SUCCEEDED, JobState.SUCCEEDED, JobState.FAILED, JobState.CANCELLED, JobState.EXPIRED)
                .map(Tree.Leaf::new);
        Arbitrary<Tree> child = depth == 1 ? leaf : Arbitraries.oneOf(leaf, Arbitraries.lazy(() -> inner(depth - 1)));
        Arbitrary<Tree.Branch> branch =
                Combinators.combine(child, Arbitraries.of(OnFailure.class)).as(Tree.Branch::new);
        return branch.list().ofMinSize(1).ofMaxSize(4).map(Tree.Inner::new);
    }

    @Provide
    Arbitrary<Integer> seeds() {
        return Arbitraries.integers();
    }

    @Provide
    Arbitrary<Integer> processes() {
        return Arbitraries.integers().between(1, 3);
    }

    @Test
    void aParentGetsTheResultsOfItsChildrenOfSeveralQueues() {
        JobFlow<String, String> flow = JobFlow.of(WORK, "sum")
                .after("here", JobFlow.of(WORK, "one"))
                .after("there", JobFlow.of(WORK, "two"))
                .after("there", JobFlow.of(WORK, "bad", never()), OnFailure.IGNORE);

        List<ChildOutcome> seen = new ArrayList<>();
        try (JobWorker here = worker("here", seen);
                JobWorker there = worker("there", seen)) {
            JobHandle<String> handle = jobs.queue("here").submit(flow);
            JobOutcome<String> outcome = handle.await(Duration.ofSeconds(10));
            assertThat(outcome.result()).isEqualTo("sum of 3");
            assertThat(handle.job().children()).hasSize(3);
        }
        assertThat(seen)
                .extracting(ChildOutcome::state, ChildOutcome::result)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(JobState.SUCCEEDED, Optional.of("one of 0")),
                        org.assertj.core.groups.Tuple.tuple(JobState.SUCCEEDED, Optional.of("two of 0")),
                        org.assertj.core.groups.Tuple.tuple(JobState.FAILED, Optional.empty()));
    }

    private static JobWorker worker(String queue, List<ChildOutcome> seen) {
        return JobWorker.builder(jobs.queue(queue))
                .concurrency(8)
                .handle(WORK, (input, context) -> {
                    if (input.equals("bad")) {
                        throw new IllegalStateException("bad");
                    }
                    seen.addAll(context.children());
                    return input + " of " + context.children().size();
                })
                .start();
    }

    @Test
    void aFailedChildFailsItsParentWhichCanBeRetriedFromTheDeadLetters() {
        JobHandle<String> handle = jobs.queue("hand")
                .submit(JobFlow.of(WORK, "p", own("failing"))
                        .after("hand", JobFlow.of(WORK, "c", own("failing-child"))));
        JobRef child = new JobRef("hand", JobId.of("failing-child"));

        settle(parts, child, end(parts, child, JobState.FAILED));

        assertThat(handle.outcome())
                .hasValueSatisfying(outcome -> assertThat(outcome.state()).isEqualTo(JobState.FAILED));
        assertThat(handle.job().error())
                .map(JobError::message)
                .hasValueSatisfying(message -> assertThat(message).contains("hand/failing-child"));
        jobs.queue("hand").deadLetters().retry(handle.id());
        assertThat(parts.places().find(handle.ref())).map(Placed::place).contains(Place.READY);
        assertThat(handle.job().state()).isEqualTo(JobState.WAITING);
        assertThat(handle.job().children()).containsExactly(child);
    }

    @Test
    void aFailureThatBrokeOffAfterAnyStepIsFinishedByTheNextOne() {
        JobHandle<String> handle = jobs.queue("hand")
                .submit(JobFlow.of(WORK, "g", own("grand"))
                        .after(
                                "hand",
                                JobFlow.of(WORK, "p", own("grand-parent"))
                                        .after("hand", JobFlow.of(WORK, "c", own("grand-child")))));
        JobRef parent = new JobRef("hand", JobId.of("grand-parent"));
        JobRef child = new JobRef("hand", JobId.of("grand-child"));
        JobRecord ended = end(parts, child, JobState.FAILED);
        JobMessage held = parts.places().find(parent).orElseThrow().job();
        JobRecord failed = JobRecord.of(held, JobState.BLOCKED)
                .withError(new JobError("child.failed", "told by who died then"))
                .ended(JobState.FAILED, Instant.now());
        parts.records().writeNow(parent, failed, JobRecords.NONE);

        settle(new JobParts(connection.broker()), child, ended);

        assertThat(jobs.queue("hand").deadLetters().find(parent.id())).isPresent();
        assertThat(parts.places().find(parent)).isEmpty();
        assertThat(handle.outcome()).map(JobOutcome::state).contains(JobState.FAILED);

        settle(new JobParts(connection.broker()), child, ended);
        assertThat(parts.places().find(handle.ref())).isEmpty();
    }

    @Test
    void aParentThatHasRunDoesNotRunAgainWhenAnEndIsRepeated() {
        JobFlow<String, String> flow =
                JobFlow.of(WORK, "p", own("once")).after("here", JobFlow.of(WORK, "c", own("once-child")));
        AtomicInteger runs = new AtomicInteger();
        JobRef child = new JobRef("here", JobId.of("once-child"));
        try (JobWorker worker = JobWorker.builder(jobs.queue("here"))
                .handle(WORK, (input, context) -> {
                    if (input.equals("p")) {
                        runs.incrementAndGet();
                    }
                    return input;
                })
                .start()) {
            JobHandle<String> handle = jobs.queue("here").submit(flow);
            assertThat(handle.await(Duration.ofSeconds(10)).state()).isEqualTo(JobState.SUCCEEDED);

            settle(
                    new JobParts(connection.broker()),
                    child,
                    parts.records().read(child).orElseThrow().record());
            jobs.queue("here").submit(flow);
            assertThat(jobs.queue("here")
                            .submit(WORK, "after")
                            .await(Duration.ofSeconds(10))
                            .state())
                    .isEqualTo(JobState.SUCCEEDED);
        }
        assertThat(runs).hasValue(1);
    }

    @Test
    void aFlowThatBrokeOffIsCompletedBySubmittingItAgain() {
        JobFlow<String, String> flow = JobFlow.of(WORK, "p", own("half"))
                .after("here", JobFlow.of(WORK, "a"))
                .after("there", JobFlow.of(WORK, "b"));
        FlowDrafts drafts = new FlowDrafts(connection.broker(), parts.streams(), parts.messages());
        List<JobDraft> half = drafts.of("here", flow);
        parts.places().held(half.get(0).job());
        parts.places().ready(half.get(1).job());

        JobHandle<String> handle = jobs.queue("here").submit(flow);

        assertThat(handle.job().children())
                .hasSize(2)
                .allSatisfy(child -> assertThat(jobs.job(child)).isPresent());
        try (JobWorker here = worker("here", new ArrayList<>());
                JobWorker there = worker("there", new ArrayList<>())) {
            assertThat(handle.await(Duration.ofSeconds(10)).result()).isEqualTo("p of 2");
        }
    }

    @Test
    void aCancelledParentStaysCancelledAndItsChildrenGoOn() {
        JobHandle<String> handle = jobs.queue("hand")
                .submit(JobFlow.of(WORK, "p", own("left")).after("hand", JobFlow.of(WORK, "c", own("left-child"))));
        handle.cancel();
        JobRef child = new JobRef("hand", JobId.of("left-child"));
        assertThat(parts.places().find(child)).isPresent();

        settle(parts, child, end(parts, child, JobState.SUCCEEDED));

        assertThat(handle.job().state()).isEqualTo(JobState.CANCELLED);
        assertThat(parts.places().find(handle.ref())).isEmpty();
    }

    @Test
    void aFlowIsRefusedWholeBeforeAnythingIsStored() {
        JobFlow<String, String> leaf = JobFlow.of(WORK, "x");
        assertThatThrownBy(() -> jobs.queue("hand").submit(leaf.after("nowhere", leaf)))
                .isInstanceOf(NotFoundException.class);
        JobFlow<String, String> same = JobFlow.of(WORK, "x", own("same"));
        assertThatThrownBy(() -> jobs.queue("hand")
                        .submit(JobFlow.of(WORK, "p", own("refused"))
                                .after("hand", same)
                                .after("hand", same)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("hand/same");
        assertThat(jobs.queue("hand").job(JobId.of("refused"))).isEmpty();
        JobFlow<String, String> deep = leaf;
        for (int level = 1; level <= 10; level++) {
            deep = JobFlow.of(WORK, "x").after("hand", deep);
        }
        JobFlow<String, String> tooDeep = deep;
        assertThatThrownBy(() -> jobs.queue("hand").submit(tooDeep)).isInstanceOf(InvalidInputException.class);
        JobFlow<String, String> wide = wide("x", 999);
        assertThatThrownBy(() -> jobs.queue("hand").submit(JobFlow.of(WORK, "x").after("hand", wide)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("1000");
    }

    @Test
    void theEndsOfTenThousandChildrenStartTheirParents() {
        List<JobHandle<String>> parents = IntStream.range(0, 10)
                .mapToObj(i -> jobs.queue("hand").submit(wide("wide" + i, 999)))
                .toList();
        List<JobRef> children = parents.stream()
                .flatMap(parent -> parent.job().children().stream())
                .toList();
        assertThat(children).hasSize(9_990);
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (JobHandle<String> parent : parents) {
            JobTerms terms = JobTerms.none().withParent(parent.ref());
            JobRecord ended = record(terms, JobState.SUCCEEDED);
            parent.job()
                    .children()
                    .forEach(child -> ends.add(parts.records()
                            .write(child, ended, JobRecords.NONE)
                            .thenCompose(revision -> parts.endings().settle(child, ended))));
        }
        parts.records().awaited("settle all", CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)));

        assertThat(parents)
                .allSatisfy(parent -> assertThat(parts.places().find(parent.ref()))
                        .map(Placed::place)
                        .contains(Place.READY));
        parents.forEach(JobHandle::cancel);
    }

    private static JobFlow<String, String> wide(String input, int children) {
        return new JobFlow<>(
                WORK,
                input,
                JobOptions.defaults(),
                Stream.generate(() -> new JobFlow.Child<>("hand", JobFlow.of(WORK, "c"), OnFailure.FAIL_PARENT))
                        .limit(children)
                        .collect(java.util.stream.Collectors.toList()));
    }

    /** What a worker does at the end of a job, its own message put away as well. */
    private static JobRecord end(JobParts process, JobRef ref, JobState end) {
        JobMessage job = process.places().find(ref).orElseThrow().job();
        JobRecord ended = record(job.terms(), end);
        process.records().writeNow(ref, ended, JobRecords.NONE);
        return ended;
    }

    private static void settle(JobParts process, JobRef ref, JobRecord ended) {
        process.records().awaited("settle", process.endings().settle(ref, ended));
    }

    private static JobRecord record(JobTerms terms, JobState end) {
        JobMessage job = new JobMessage(
                new JobRef("here", JobId.of("any")),
                QueueLanes.ofEveryQueue("here").get(0),
                "work",
                Instant.now(),
                terms,
                0,
                false,
                new byte[0]);
        return JobRecord.of(job, JobState.WAITING).ended(end, Instant.now());
    }

    private static JobOptions own(String id) {
        return JobOptions.builder().id(id).build();
    }

    private static JobOptions never() {
        return JobOptions.builder().retry(RetryPolicy.never()).build();
    }
}
