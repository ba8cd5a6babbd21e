package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.Priority;
import io.fleetsdk.edge.CommandContext.StopReason;
import io.fleetsdk.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RunningCommandTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final List<CommandAck> reports = new CopyOnWriteArrayList<>();

    @Test
    void aDriverThatDoesNotListenIsInterruptedAndTheNextCommandIsNot() {
        RunningCommand running = running(Duration.ofMillis(20));
        ObedientDriver driver = new ObedientDriver();
        CompletableFuture<Boolean> interrupted = CompletableFuture.supplyAsync(() -> {
            try {
                running.carryOut(driver);
                return false;
            } catch (InterruptedException e) {
                return !Thread.currentThread().isInterrupted();
            }
        });

        await().atMost(SOON).until(() -> !driver.executed.isEmpty());
        running.tick();
        running.stop(StopReason.CANCELLED);

        await().atMost(SOON).until(() -> {
            running.tick();
            return interrupted.isDone();
        });
        assertThat(interrupted).isCompletedWithValue(true);
    }

    @Test
    void theFirstReasonToStopStays() {
        RunningCommand running = running(SOON);
        running.stop(StopReason.EMERGENCY_STOP);
        running.stop(StopReason.CANCELLED);

        assertThat(running.stopReason()).contains(StopReason.EMERGENCY_STOP);
    }

    @Test
    void waitingForAStopEndsWithIt() throws InterruptedException {
        RunningCommand running = running(SOON);
        assertThat(running.awaitStop(Duration.ofMillis(1))).isFalse();
        running.stop(StopReason.SHUTDOWN);

        assertThat(running.awaitStop(Duration.ofDays(1))).isTrue();
    }

    @Test
    void chattyProgressIsThinnedOut() {
        RunningCommand running = running(SOON);
        for (int i = 0; i < 100; i++) {
            running.progress(i, "going");
        }

        assertThat(reports).hasSizeBetween(1, 50);
        assertThat(reports.get(0).progress()).hasValue(0);
        assertThatThrownBy(() -> running.progress(101, "beyond")).isInstanceOf(InvalidInputException.class);
    }

    private RunningCommand running(Duration grace) {
        Command command = new Command(
                UUID.randomUUID(), "sulk", JsonObject.empty(), Priority.NORMAL, Optional.empty(), Optional.empty());
        return new RunningCommand(command, Clock.systemUTC(), grace, reports::add);
    }
}
