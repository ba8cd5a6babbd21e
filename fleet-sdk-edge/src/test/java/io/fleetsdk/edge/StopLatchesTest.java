package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.command.StopLatch;
import io.fleetsdk.link.RobotLink.StopScope;
import io.fleetsdk.link.RobotLink.StopSignal;
import io.fleetsdk.link.RobotLink.StopSource;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class StopLatchesTest {
    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    @Property
    void aReleaseNotAboveTheLatchInForceChangesNothing(@ForAll("words") @Size(max = 12) List<StopLatch> words) {
        KnownLatch known = after(words);
        for (StopLatch word : words) {
            if (!word.stopped() && word.revision() <= known.latch().revision()) {
                assertThat(known.after(word)).isEqualTo(known);
            }
        }
    }

    @Property
    void aStopOfAHigherRevisionThanEverHolds(
            @ForAll("words") List<StopLatch> words, @ForAll("words") @Size(1) List<StopLatch> more) {
        KnownLatch known = after(words);
        StopLatch stop = latch(true, known.highest() + 1, more.get(0).at());

        assertThat(known.after(stop).latch()).isEqualTo(stop);
    }

    @Property
    void aStopLaterThanWhatIsKnownHoldsWhateverItsRevision(@ForAll("words") List<StopLatch> words) {
        KnownLatch known = after(words);
        StopLatch stop = latch(true, 1, known.latch().at().plusSeconds(1));

        assertThat(known.after(stop).latch().stopped()).isTrue();
    }

    @Property
    void aWordHeardTwiceCountsOnce(@ForAll("words") List<StopLatch> words) {
        KnownLatch known = KnownLatch.of(StopLatch.never());
        for (StopLatch word : words) {
            known = known.after(word);
            assertThat(known.after(word)).isEqualTo(known);
        }
    }

    /** Signals may come in any order, be doubled and be lost, as long as the newest is read at last. */
    @Property
    void whateverTheOrderTheNewestWordStands(@ForAll("histories") List<StopLatch> history) {
        StopLatch newest = history.stream()
                .max((a, b) -> Long.compare(a.revision(), b.revision()))
                .orElseThrow();

        assertThat(after(history).after(newest).latch()).isEqualTo(newest);
    }

    @Example
    void aStopThatCouldNotBeStoredIsNotUndoneByTheOldReleaseThatIs() {
        StopLatch release = latch(false, 6, NOON);
        StopLatch unstored = latch(true, 1, NOON.plusSeconds(10));
        StopLatch releasedAgain = latch(false, 7, NOON.plusSeconds(20));

        KnownLatch held = KnownLatch.of(release).after(unstored);
        assertThat(held.latch().stopped()).isTrue();
        assertThat(held.after(release).latch().stopped()).isTrue();
        assertThat(held.after(releasedAgain).latch().stopped()).isFalse();
    }

    @Example
    void aBackendThatLostItsStorageCanStopAndRelease() {
        KnownLatch known = KnownLatch.of(latch(false, 57, NOON));
        KnownLatch held = known.after(latch(true, 1, NOON.plusSeconds(10)));

        assertThat(held.latch().stopped()).isTrue();
        assertThat(held.after(latch(false, 2, NOON.plusSeconds(20))).latch().stopped())
                .isFalse();
    }

    @Example
    void bothScopesHoldAndBothMustBeReleased() {
        StopLatches both = StopLatches.never()
                .after(signal(StopScope.ROBOT, latch(true, 1, NOON)))
                .after(signal(StopScope.FLEET, latch(true, 1, NOON)));

        StopLatches one = both.after(signal(StopScope.ROBOT, latch(false, 2, NOON)));
        assertThat(one.isHeld()).isTrue();
        assertThat(one.after(signal(StopScope.FLEET, latch(false, 2, NOON))).isHeld())
                .isFalse();
    }

    @Example
    void anUnreadableRecordHoldsUntilTheBackendHasSpokenOfBoth() {
        StopLatches unreadable = StopLatches.unreadable(NOON);
        assertThat(unreadable.isHeld()).isTrue();

        StopLatches one = unreadable.after(signal(StopScope.ROBOT, StopLatch.never()));
        assertThat(one.isHeld()).isTrue();
        assertThat(one.after(signal(StopScope.FLEET, StopLatch.never())).isHeld())
                .isFalse();
    }

    @Provide
    Arbitrary<List<StopLatch>> words() {
        Arbitrary<Integer> times = Arbitraries.integers().between(0, 10);
        Arbitrary<Integer> revisions = Arbitraries.integers().between(1, 8);
        return Combinators.combine(Arbitraries.of(true, false), revisions, times)
                .as((stopped, revision, second) -> latch(stopped, revision, NOON.plusSeconds(second)))
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    /** What one backend said, each word later than the one before, as it arrives: in any order, doubled, incomplete. */
    @Provide
    Arbitrary<List<StopLatch>> histories() {
        Arbitrary<List<StopLatch>> said = Arbitraries.integers()
                .between(1, 8)
                .map(length -> IntStream.rangeClosed(1, length)
                        .mapToObj(i -> latch(i % 2 == 1, i, NOON.plusSeconds(i)))
                        .toList());
        return said.flatMap(words -> Arbitraries.of(words).list().ofMinSize(1).ofMaxSize(16));
    }

    private static KnownLatch after(List<StopLatch> words) {
        KnownLatch known = KnownLatch.of(StopLatch.never());
        for (StopLatch word : words) {
            known = known.after(word);
        }
        return known;
    }

    private static StopSignal signal(StopScope scope, StopLatch latch) {
        return new StopSignal(scope, latch, StopSource.SIGNAL);
    }

    private static StopLatch latch(boolean stopped, long revision, Instant at) {
        return new StopLatch(stopped, revision, "why", "kim", at);
    }
}
