package io.fleetsdk.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

class JsonObjectTest {
    @Property
    void equalNumbersAreEqualHoweverTheyWereWritten(@ForAll("numbers") Number number) {
        assertThat(waysToWrite(number).map(JsonObjectTest::holding)).containsOnly(holding(number));
    }

    @Property
    void numbersKeepTheirValue(@ForAll("numbers") Number number) {
        assertThat(exact((Number) holding(number).get("n").orElseThrow())).isEqualByComparingTo(exact(number));
    }

    @Property
    void aLongIsALongWhateverItCameAs(@ForAll long number) {
        assertThat(waysToWrite(number).map(JsonObjectTest::holding))
                .allSatisfy(json -> assertThat(json.integer("n")).hasValue(number));
    }

    @Example
    void numbersThatADoubleCannotReachAreRefused() {
        Stream.of(
                        Double.NaN,
                        Double.POSITIVE_INFINITY,
                        Float.NEGATIVE_INFINITY,
                        BigInteger.TEN.pow(309),
                        new BigDecimal("-1e309"),
                        new BigDecimal("1e1000000000"))
                .forEach(number -> assertThatThrownBy(() -> holding(number))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("must be a finite number"));
    }

    @Example
    void whatIsNotJsonIsRefused() {
        Stream.of(new byte[1], Instant.EPOCH, Optional.empty(), Set.of(), new AtomicLong(), 'c')
                .forEach(value -> assertThatThrownBy(() -> JsonObject.of("a", List.of(Map.of("b", value))))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining(value.getClass().getName())
                        .hasMessageContaining("is not a JSON type"));
    }

    @Property
    void changingTheSourceChangesNothing(@ForAll("members") Map<String, @Nullable Object> source) {
        JsonObject json = JsonObject.of(source);
        JsonObject same = JsonObject.of(source);

        empty(source);

        assertThat(json).isEqualTo(same).hasSameHashCodeAs(same);
    }

    @Property
    void nothingInItCanBeChanged(@ForAll("objects") JsonObject left, @ForAll("objects") JsonObject right) {
        Stream.of(left, left.mergePatch(right), left.with("a", right), left.without("a"))
                .forEach(json -> assertUnchangeable(json.asMap()));
    }

    @Property
    void aCopyOfWhatIsInItIsEqual(@ForAll("objects") JsonObject json) {
        assertThat(JsonObject.of(json.asMap())).isEqualTo(json).hasSameHashCodeAs(json);
        assertThat(JsonObject.of(json.asMap()).asMap().keySet())
                .containsExactlyElementsOf(json.asMap().keySet());
    }

    @Property
    void settingAMemberTouchesNoOther(@ForAll("objects") JsonObject json, @ForAll("objects") JsonObject value) {
        JsonObject changed = json.with("a", value);

        assertThat(changed.object("a")).contains(value);
        assertThat(changed.without("a")).isEqualTo(json.without("a"));
        assertThat(json.without("a").get("a")).isEmpty();
    }

    @Property
    void sixtyFourLevelsAndNoMore(@ForAll @IntRange(min = 1, max = 80) int levels, @ForAll List<Boolean> arrays) {
        Object nested = levels == 1 ? "leaf" : nested(levels - 1, arrays);

        if (levels <= JsonObject.MAX_DEPTH) {
            assertThat(JsonObject.of("a", nested)).isEqualTo(JsonObject.empty().with("a", nested));
        } else {
            assertThatThrownBy(() -> JsonObject.of("a", nested)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> JsonObject.empty().with("a", nested)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Provide
    Arbitrary<JsonObject> objects() {
        return ArbitraryJson.objects();
    }

    @Provide
    Arbitrary<Map<String, @Nullable Object>> members() {
        return ArbitraryJson.members();
    }

    @Provide
    Arbitrary<Number> numbers() {
        return ArbitraryJson.numbers();
    }

    private static JsonObject holding(Number number) {
        return JsonObject.of("n", number);
    }

    /** The number in each class that holds it exactly. */
    private static Stream<Number> waysToWrite(Number number) {
        BigDecimal value = exact(number);
        return Stream.<Number>of(
                        value.byteValue(),
                        value.shortValue(),
                        value.intValue(),
                        value.longValue(),
                        value.floatValue(),
                        value.doubleValue(),
                        value.toBigInteger(),
                        value,
                        value.setScale(value.scale() + 2),
                        value.stripTrailingZeros())
                .filter(way -> !(way instanceof Float f) || Float.isFinite(f))
                .filter(way -> exact(way).compareTo(value) == 0);
    }

    private static BigDecimal exact(Number number) {
        if (number instanceof BigDecimal decimal) {
            // What lies between two doubles is brought to the nearest, unless it is whole.
            return isWhole(decimal) ? decimal : new BigDecimal(decimal.doubleValue());
        }
        if (number instanceof BigInteger integer) {
            return new BigDecimal(integer);
        }
        boolean floating = number instanceof Double || number instanceof Float;
        return floating ? new BigDecimal(number.doubleValue()) : BigDecimal.valueOf(number.longValue());
    }

    private static boolean isWhole(BigDecimal decimal) {
        return decimal.remainder(BigDecimal.ONE).signum() == 0;
    }

    private static Object nested(int levels, List<Boolean> arrays) {
        boolean array = !arrays.isEmpty() && arrays.get(levels % arrays.size());
        if (levels == 1) {
            return array ? List.of() : Map.of();
        }
        Object inner = nested(levels - 1, arrays);
        return array ? List.of(inner) : Map.of("a", inner);
    }

    private static void empty(@Nullable Object container) {
        if (container instanceof Map<?, ?> map && !map.isEmpty()) {
            map.values().forEach(JsonObjectTest::empty);
            map.clear();
        } else if (container instanceof List<?> list && !list.isEmpty()) {
            list.forEach(JsonObjectTest::empty);
            list.clear();
        }
    }

    private static void assertUnchangeable(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            assertThatThrownBy(() -> map.remove("a")).isInstanceOf(UnsupportedOperationException.class);
            assertThatThrownBy(map::clear).isInstanceOf(UnsupportedOperationException.class);
            map.values().forEach(JsonObjectTest::assertUnchangeable);
        } else if (value instanceof List<?> list) {
            assertThatThrownBy(list::clear).isInstanceOf(UnsupportedOperationException.class);
            list.forEach(JsonObjectTest::assertUnchangeable);
        }
    }
}
