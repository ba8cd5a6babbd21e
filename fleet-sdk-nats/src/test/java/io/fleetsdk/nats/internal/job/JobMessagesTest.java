package io.fleetsdk.nats.internal.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.JobFlow.OnFailure;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobPriority;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.job.JobTimeouts;
import io.fleetsdk.job.RetryPolicy;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.internal.job.JobTerms.ChildTerms;
import io.fleetsdk.protocol.JobSubjects.Lane;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Jobs as messages: what is written is what is read. */
class JobMessagesTest {
    private static final Instant STORED = Instant.parse("2026-01-02T03:04:05Z");

    private final JobMessages messages = new JobMessages(new JacksonCodec());

    @Property(tries = 200)
    void aReadyJobIsReadAsItWasWritten(@ForAll("jobs") JobMessage job) {
        NatsMessage message = messages.ready(job);

        assertSame(messages.read(message.getSubject(), message.getHeaders(), message.getData(), STORED), job);
    }

    @Property(tries = 200)
    void aJobPutAsideKnowsItsLane(@ForAll("jobs") JobMessage job) {
        NatsMessage held = messages.held(job);
        NatsMessage delayed = messages.delayed(job, STORED);

        assertSame(messages.readAside(held.getHeaders(), held.getData(), STORED), job);
        assertSame(messages.readAside(delayed.getHeaders(), delayed.getData(), STORED), job);
    }

    @Property(tries = 200)
    void headersAreAscii(@ForAll("jobs") JobMessage job) {
        assertThat(messages.ready(job).getHeaders().entrySet())
                .allSatisfy(header -> assertThat(header.getValue().get(0)).isASCII());
    }

    @Example
    void theMessageOfAStrangerNeedsATypeOnly() {
        Headers headers = new Headers().put("Fleet-Type", "evaluate");

        JobMessage job = messages.read("jobs.training.high.acme.J-1", headers, new byte[] {'1'}, STORED);

        assertThat(job.type()).isEqualTo("evaluate");
        assertThat(job.submittedAt()).isEqualTo(STORED);
        assertThat(job.lane()).isEqualTo(new Lane("training", JobPriority.HIGH, Optional.of("acme")));
        assertThat(job.terms()).isEqualTo(JobTerms.none());
        assertThat(job.recorded()).isFalse();
    }

    @Example
    void theHeadersOfAStrangerStayWithTheJobThroughEveryPlaceAndTry() {
        String trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        Headers headers = new Headers()
                .put("Fleet-Type", "evaluate")
                .put("traceparent", trace)
                .put("Nats-Msg-Id", "first");

        JobMessage job = messages.read("jobs.training.high.acme.J-1", headers, new byte[] {'1'}, STORED);

        Headers delayed = messages.delayed(job.again(1), STORED).getHeaders();
        Headers ready = messages.ready(
                        messages.readAside(delayed, new byte[] {'1'}, STORED).again(2))
                .getHeaders();
        assertThat(List.of(delayed, ready))
                .allSatisfy(all -> assertThat(all.get("traceparent")).containsExactly(trace))
                .allSatisfy(all -> assertThat(all.get("Nats-Msg-Id")).isNull());
    }

    @Example
    void whatCannotBeReadIsRefusedByItsHeader() {
        assertThatThrownBy(() -> messages.read("jobs.q.high.-.J-1", null, new byte[0], STORED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Fleet-Type");
        Headers torn = new Headers().put("Fleet-Type", "t").put("Fleet-Attempts", "two");
        assertThatThrownBy(() -> messages.read("jobs.q.high.-.J-1", torn, new byte[0], STORED))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("Fleet-Attempts");
    }

    private static void assertSame(JobMessage read, JobMessage written) {
        assertThat(read.input()).isEqualTo(written.input());
        assertThat(read).usingRecursiveComparison().isEqualTo(written);
    }

    @Provide
    Arbitrary<JobMessage> jobs() {
        Arbitrary<Lane> lanes = Combinators.combine(tokens(), Arbitraries.of(JobPriority.class), tokens().optional())
                .as(Lane::new);
        Arbitrary<byte[]> inputs = Arbitraries.bytes().array(byte[].class).ofMaxSize(40);
        return Combinators.combine(
                        lanes,
                        tokens(),
                        tokens(),
                        times(),
                        terms(),
                        Arbitraries.integers().between(0, 200),
                        inputs)
                .as((lane, id, type, time, terms, attempts, input) -> new JobMessage(
                        new JobRef(lane.queue(), JobId.of(id)),
                        lane,
                        type,
                        time,
                        terms,
                        attempts,
                        attempts % 2 == 1,
                        input));
    }

    private static Arbitrary<JobTerms> terms() {
        Arbitrary<Map<String, String>> metadata = Arbitraries.maps(
                        tokens(),
                        Arbitraries.strings()
                                .withCharRange(' ', '퟿')
                                .ofMinLength(1)
                                .ofMaxLength(9)
                                .filter(text -> text.codePoints().noneMatch(Character::isISOControl)))
                .ofMaxSize(3);
        Arbitrary<RetryPolicy> policies =
                Arbitraries.integers().between(1, 9).map(n -> RetryPolicy.fixed(n, Duration.ofMillis(n * 7L)));
        Arbitrary<JobTimeouts> timeouts = Arbitraries.integers()
                .between(1, 9)
                .map(n -> JobTimeouts.none().withStartToClose(Duration.ofMillis(n * 111L)));
        Arbitrary<JobRef> refs =
                Combinators.combine(tokens(), tokens()).as((queue, id) -> new JobRef(queue, JobId.of(id)));
        Arbitrary<List<ChildTerms>> children = Combinators.combine(refs, tokens(), Arbitraries.of(OnFailure.class))
                .as(ChildTerms::new)
                .list()
                .ofMaxSize(3);
        return Combinators.combine(
                        times().optional(),
                        times().optional(),
                        policies.optional(),
                        timeouts.optional(),
                        metadata,
                        tokens().optional(),
                        refs.optional(),
                        children)
                .as(JobTerms::new);
    }

    private static Arbitrary<Instant> times() {
        return Arbitraries.longs().between(0, 4_102_444_800_000L).map(Instant::ofEpochMilli);
    }

    private static Arbitrary<String> tokens() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('0', '9')
                .ofMinLength(1)
                .ofMaxLength(12);
    }
}
