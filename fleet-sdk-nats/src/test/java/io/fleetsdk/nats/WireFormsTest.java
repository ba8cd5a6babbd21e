package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import java.time.Instant;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class WireFormsTest {
    @Property
    void aTimeIsWhatThePlatformReadsHoweverManyDigitsItHas(
            @ForAll("instants") Instant instant, @ForAll @IntRange(min = 0, max = 9) int digits) {
        String text = new DateTimeFormatterBuilder()
                .appendInstant(digits)
                .toFormatter()
                .format(instant);

        assertThat(WireForms.instant("at", text)).isEqualTo(Instant.parse(text));
    }

    @Property
    void aTimeIsWrittenAsThePlatformWritesIt(@ForAll("instants") Instant instant) {
        Stream.of(instant, instant.truncatedTo(ChronoUnit.MILLIS), instant.truncatedTo(ChronoUnit.SECONDS))
                .forEach(time -> assertThat(WireForms.text(time)).isEqualTo(time.toString()));
    }

    @Example
    void whatIsNoTimeOfTheProtocolIsRefused() {
        Stream.of(
                        "",
                        "2026-01-31",
                        "2026-01-31T12:00Z",
                        "2026-01-31T24:00:00Z",
                        "2026-01-31T23:59:60Z",
                        "2026-02-29T12:00:00Z",
                        "2026-13-01T12:00:00Z",
                        "2026-01-31T12:00:00.Z",
                        "2026-01-31T12:00:00.1234567890Z",
                        "2026-01-31T12:00:00+01:00",
                        "+2026-01-31T12:00:00Z")
                .forEach(text -> assertThatThrownBy(() -> WireForms.instant("at", text))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageStartingWith("at '" + text + "' must be"));
    }

    @Property
    void anIdIsReadInEitherCase(@ForAll long high, @ForAll long low) {
        UUID id = new UUID(high, low);

        assertThat(WireForms.uuid("id", id.toString())).isEqualTo(id);
        assertThat(WireForms.uuid("id", id.toString().toUpperCase(Locale.ROOT))).isEqualTo(id);
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs()
                .between(-62_167_219_200L, 253_402_300_799L)
                .flatMap(second -> Arbitraries.integers()
                        .between(0, 999_999_999)
                        .map(nano -> Instant.ofEpochSecond(second, nano)));
    }
}
