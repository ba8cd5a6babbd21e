package io.fleetsdk.job;

import static io.fleetsdk.job.Refusals.assertThatRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class JobTimeoutsTest {
    private static final JobTimeouts NONE = JobTimeouts.none();

    @Test
    void eachTimeIsHadWithoutTheOthers() {
        Duration time = Duration.ofSeconds(1);
        assertThat(NONE.withHeartbeat(time).startToClose()).isEmpty();
        assertThat(NONE.withScheduleToStart(time).withStartToClose(time).withHeartbeat(time))
                .hasNoNullFieldsOrProperties()
                .extracting(JobTimeouts::scheduleToStart, JobTimeouts::startToClose, JobTimeouts::heartbeat)
                .allSatisfy(set -> assertThat(set).isEqualTo(java.util.Optional.of(time)));
    }

    @Test
    void whatIsOutOfRangeIsRefusedByName() {
        Duration tooLong = Duration.ofDays(7).plusNanos(1);
        assertThatRefused("scheduleToStart", () -> NONE.withScheduleToStart(Duration.ofMillis(999)));
        assertThatRefused("scheduleToStart", () -> NONE.withScheduleToStart(tooLong));
        assertThatRefused("startToClose", () -> NONE.withStartToClose(Duration.ofMillis(9)));
        assertThatRefused("startToClose", () -> NONE.withStartToClose(tooLong));
        assertThatRefused("heartbeat", () -> NONE.withHeartbeat(Duration.ZERO));
        assertThatRefused("heartbeat", () -> NONE.withHeartbeat(tooLong));
    }
}
