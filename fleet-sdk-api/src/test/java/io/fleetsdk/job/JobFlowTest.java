package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.job.JobFlow.OnFailure;
import java.time.Duration;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class JobFlowTest {
    private static final JobType<Object, Object> TYPE = JobType.untyped("merge");
    private static final JobFlow<Object, Object> LEAF = JobFlow.of(TYPE, "x");

    @Test
    void aChildsFailureFailsItsParentUnlessSaidOtherwise() {
        JobFlow<Object, Object> flow = LEAF.after("training", LEAF).after("inference", LEAF, OnFailure.IGNORE);
        assertThat(flow.children())
                .extracting(JobFlow.Child::queue, JobFlow.Child::onFailure)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("training", OnFailure.FAIL_PARENT),
                        org.assertj.core.groups.Tuple.tuple("inference", OnFailure.IGNORE));
        assertThat(LEAF.children()).isEmpty();
    }

    @Test
    void atMostAThousandChildrenWaitUnderOneParent() {
        JobFlow.Child<Object, Object> child = new JobFlow.Child<>("training", LEAF, OnFailure.IGNORE);
        assertThat(new JobFlow<>(TYPE, "x", JobOptions.defaults(), Collections.nCopies(1_000, child)).children())
                .hasSize(1_000);
        assertThatRefused(
                "children", () -> new JobFlow<>(TYPE, "x", JobOptions.defaults(), Collections.nCopies(1_001, child)));
    }

    @Test
    void aFlowStartsWhenItsChildrenHaveEndedAndIsNobodysDouble() {
        assertThatRefused(
                "start",
                () -> JobFlow.of(
                        TYPE, "x", JobOptions.builder().delay(Duration.ZERO).build()));
        assertThatRefused(
                "deduplication",
                () -> JobFlow.of(
                        TYPE,
                        "x",
                        JobOptions.builder()
                                .deduplication(Deduplication.keepLast("k"))
                                .build()));
        assertThatRefused("queue", () -> LEAF.after("a b", LEAF));
    }
}
