package io.fleetsdk.server.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.server.live.Frame.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FrameQueueTest {
    private final FrameQueue queue = new FrameQueue();

    @Test
    void framesLeaveInTheOrderOfTheirArrival() {
        queue.add(frame(Kind.STATE, "a"));
        queue.add(frame(Kind.TELEMETRY, "b"));
        queue.add(frame(Kind.STATE, "c"));
        assertThat(drained()).containsExactly("a", "b", "c");
    }

    @Test
    void tooMuchTelemetryLosesTheOldestAndNoState() {
        queue.add(frame(Kind.TELEMETRY, "oldest"));
        queue.add(frame(Kind.STATE, "state"));
        for (int i = 0; i < FrameQueue.MOST_TELEMETRY; i++) {
            queue.add(frame(Kind.TELEMETRY, "t" + i));
        }
        assertThat(queue.dropped()).isEqualTo(1);
        assertThat(drained())
                .hasSize(FrameQueue.MOST_TELEMETRY + 1)
                .startsWith("state", "t0")
                .doesNotContain("oldest");
    }

    @Test
    void tooManyStatesMeanThatTheClientIsLost() {
        for (int i = 0; i < FrameQueue.MOST_STATE; i++) {
            assertThat(queue.add(frame(Kind.STATE, "s"))).isTrue();
        }
        assertThat(queue.add(frame(Kind.STATE, "one more"))).isFalse();
        assertThat(queue.add(frame(Kind.TELEMETRY, "t"))).isTrue();
        assertThat(drained()).hasSize(FrameQueue.MOST_STATE + 1).doesNotContain("one more");
    }

    @Test
    void tooManyBytesOfStateMeanThatTheClientIsLostUntilSomeAreRead() {
        Frame half = new Frame(Kind.STATE, new byte[(int) (FrameQueue.MOST_STATE_BYTES / 2)]);
        assertThat(queue.add(half)).isTrue();
        assertThat(queue.add(half)).isTrue();
        assertThat(queue.add(frame(Kind.STATE, "s"))).isFalse();
        queue.next();
        assertThat(queue.add(frame(Kind.STATE, "s"))).isTrue();
    }

    private List<String> drained() {
        List<String> texts = new ArrayList<>();
        for (Optional<Frame> next = queue.next(); next.isPresent(); next = queue.next()) {
            texts.add(new String(next.get().bytes(), UTF_8));
        }
        return texts;
    }

    private static Frame frame(Kind kind, String text) {
        return new Frame(kind, text.getBytes(UTF_8));
    }
}
