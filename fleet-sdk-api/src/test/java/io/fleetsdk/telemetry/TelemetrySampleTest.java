package io.fleetsdk.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonObject;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TelemetrySampleTest {
    @Property
    void whatIsWrittenIsReadAgain(@ForAll("samples") TelemetrySample sample) {
        assertThat(TelemetrySample.from(sample.toJson())).isEqualTo(sample);
    }

    @Property
    void membersNobodyKnowsAreIgnored(@ForAll("samples") TelemetrySample sample) {
        JsonObject more = sample.toJson().with("colour", "blue").with("legs", List.of(1, "two"));

        assertThat(TelemetrySample.from(more)).isEqualTo(sample);
    }

    @Property
    void aMemberThatIsNullIsAbsent(@ForAll("samples") TelemetrySample sample) {
        for (String name :
                List.of("position", "orientation", "velocity", "battery", "temperature", "joints", "values")) {
            assertThat(TelemetrySample.from(sample.toJson().with(name, null)))
                    .isEqualTo(TelemetrySample.from(sample.toJson().without(name)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "position.x",
                "position.y",
                "position.z",
                "orientation.roll",
                "orientation.pitch",
                "orientation.yaw",
                "velocity.linear",
                "velocity.angular",
                "battery",
                "temperature",
                "values.current",
            })
    void aTextInPlaceOfANumberIsNamed(String field) {
        assertThatThrownBy(() -> TelemetrySample.check(withText(field)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(field + " 'much' must be a number");
    }

    @Example
    void whatIsOutOfRangeOrShapeIsNamed() {
        assertRefused(JsonObject.of("battery", 100.1), "battery '100.1' must be from 0.0 to 100.0");
        assertRefused(JsonObject.of("position", Map.of("x", 1)), "position.y 'missing' is required");
        assertRefused(JsonObject.of("velocity", 3), "velocity '3' must be an object");
        assertRefused(JsonObject.of("joints", 3), "joints '3' must be an array of numbers");
        assertRefused(JsonObject.of("joints", List.of("bent")), "joints 'bent' must be a number");
    }

    @Example
    void noSampleHoldsWhatCannotBeWritten() {
        assertThatThrownBy(() -> sample(Double.NaN, List.of(), Map.of())).hasMessageContaining("temperature 'NaN'");
        assertThatThrownBy(() -> sample(0, List.of(Double.NaN), Map.of())).hasMessageContaining("joints 'NaN'");
        assertThatThrownBy(() -> sample(0, List.of(), Map.of("a", Double.POSITIVE_INFINITY)))
                .hasMessageContaining("values.a 'Infinity'");
        assertThatThrownBy(() -> JsonObject.of("temperature", BigInteger.TEN.pow(400)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Provide
    Arbitrary<TelemetrySample> samples() {
        Arbitrary<Double> numbers = Arbitraries.doubles().map(number -> number + 0.0); // -0.0 is written as 0
        Arbitrary<Position> positions =
                Combinators.combine(numbers, numbers, numbers).as(Position::new);
        Arbitrary<Orientation> orientations =
                Combinators.combine(numbers, numbers, numbers).as(Orientation::new);
        return Combinators.combine(
                        positions.optional(),
                        orientations.optional(),
                        Combinators.combine(numbers, numbers).as(Velocity::new).optional(),
                        Arbitraries.doubles().between(0, 100).map(OptionalDouble::of),
                        numbers.map(OptionalDouble::of),
                        numbers.list().ofMaxSize(4),
                        Arbitraries.maps(Arbitraries.strings().ofMaxLength(4), numbers)
                                .ofMaxSize(4))
                .as(TelemetrySample::new)
                .withoutEdgeCases();
    }

    private static JsonObject withText(String field) {
        JsonObject whole = TelemetrySample.builder()
                .position(1, 2, 3)
                .orientation(0.1, 0.2, 0.3)
                .velocity(1, 0.1)
                .battery(50)
                .temperature(20)
                .value("current", 2)
                .build()
                .toJson();
        String[] path = field.split("\\.");
        return path.length == 1
                ? whole.with(field, "much")
                : whole.mergePatch(JsonObject.of(path[0], Map.of(path[1], "much")));
    }

    private static TelemetrySample sample(double temperature, List<Double> joints, Map<String, Double> values) {
        return new TelemetrySample(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(temperature),
                joints,
                values);
    }

    private static void assertRefused(JsonObject payload, String message) {
        assertThatThrownBy(() -> TelemetrySample.check(payload))
                .isInstanceOf(InvalidInputException.class)
                .hasMessage(message);
    }
}
