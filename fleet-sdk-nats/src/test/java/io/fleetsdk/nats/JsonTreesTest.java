package io.fleetsdk.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The tree that is built while reading is the one that {@link JsonObject#of} makes of a map. */
class JsonTreesTest {
    private final JacksonCodec codec = new JacksonCodec();
    private final JsonMapper jackson = JsonMapper.shared();

    @Property
    void whatIsReadIsWhatACopyOfTheSameTextIs(@ForAll("documents") Map<String, @Nullable Object> document) {
        byte[] text = jackson.writeValueAsBytes(document);

        JsonObject read = codec.decode(text, JsonObject.class);

        assertThat(read).isEqualTo(JsonObject.of(document));
        assertThat(read.asMap().toString())
                .isEqualTo(JsonObject.of(document).asMap().toString());
        assertThat(read.asMap().values()).allSatisfy(JsonTreesTest::isUnchangeable);
    }

    @Property
    void whatIsWrittenIsReadAgain(@ForAll("documents") Map<String, @Nullable Object> document) {
        JsonObject json = JsonObject.of(document);

        assertThat(codec.decode(codec.encode(json), JsonObject.class)).isEqualTo(json);
        assertThat(jackson.readTree(codec.encode(json)))
                .isEqualTo(jackson.readTree(jackson.writeValueAsBytes(json.asMap())));
    }

    @Example
    void numbersComeInTheirOneForm() {
        assertThat(read("{\"a\":1.0,\"b\":1e2,\"c\":9223372036854775807,\"d\":1E20,\"e\":0.1,\"f\":-0.0}"))
                .isEqualTo(JsonObject.of(Map.of(
                        "a", 1L, "b", 100L, "c", Long.MAX_VALUE, "d", BigInteger.TEN.pow(20), "e", 0.1, "f", 0L)));
        assertThat(read("{\"a\":18446744073709551615}").get("a")).contains(new BigInteger("18446744073709551615"));
    }

    @Example
    void whatIsNoObjectOrBeyondADoubleIsRefused() {
        Stream.of("[]", "1", "\"a\"", "null", "{\"a\":1e400}", "{\"a\":" + "9".repeat(400) + "}", "{\"a\":NaN}")
                .forEach(text ->
                        assertThatThrownBy(() -> read(text)).as(text).isInstanceOf(InvalidInputException.class));
    }

    @Provide
    Arbitrary<Map<String, @Nullable Object>> documents() {
        return documents(3);
    }

    private static Arbitrary<Map<String, @Nullable Object>> documents(int depth) {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.longs().asGeneric(),
                Arbitraries.doubles().asGeneric(),
                Arbitraries.bigIntegers()
                        .between(BigInteger.TWO.pow(200).negate(), BigInteger.TWO.pow(200))
                        .asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.strings()
                        .withCharRange(' ', '\ud7ff')
                        .ofMaxLength(5)
                        .asGeneric());
        Arbitrary<Object> values = depth == 1
                ? leaves
                : Arbitraries.oneOf(
                        leaves,
                        documents(depth - 1).asGeneric(),
                        Arbitraries.oneOf(leaves, documents(depth - 1).asGeneric())
                                .injectNull(0.1)
                                .list()
                                .ofMaxSize(3)
                                .asGeneric());
        return Arbitraries.maps(Arbitraries.strings().ofMaxLength(3), values.injectNull(0.1))
                .ofMaxSize(4)
                .withoutEdgeCases();
    }

    private JsonObject read(String text) {
        return codec.decode(text.getBytes(UTF_8), JsonObject.class);
    }

    private static void isUnchangeable(@Nullable Object value) {
        if (value instanceof Map<?, ?> members) {
            assertThatThrownBy(members::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThat(members.values()).allSatisfy(JsonTreesTest::isUnchangeable);
        } else if (value instanceof List<?> elements) {
            assertThatThrownBy(elements::clear).isInstanceOf(UnsupportedOperationException.class);
            assertThat(elements).allSatisfy(JsonTreesTest::isUnchangeable);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":[}}", "{\"a\":{\"b\":[1,{]}}"})
    void whatIsTornIsToldInOneSentenceWithoutTheLibrarysOwnSettings(String torn) {
        assertThatThrownBy(() -> new JacksonCodec().decode(torn.getBytes(StandardCharsets.UTF_8), JsonObject.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("line 1, column")
                .hasMessageContaining("expected")
                .message()
                .doesNotContain("Source")
                .doesNotEndWith("(")
                .doesNotEndWith(")");
    }
}
