package io.fleetsdk.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.jspecify.annotations.Nullable;

/** Documents of any shape over few member names, so that two of them often meet in a member. */
public final class ArbitraryJson {
    private static final int DEPTH = 3;
    private static final int MOST_MEMBERS = 4;
    private static final double SHARE_OF_NULLS = 0.1;

    private ArbitraryJson() {}

    public static Arbitrary<JsonObject> objects() {
        return members().map(JsonObject::of);
    }

    /** What {@link JsonObject#of} takes: changeable containers, numbers of every class. */
    static Arbitrary<Map<String, @Nullable Object>> members() {
        return members(DEPTH);
    }

    private static Arbitrary<Map<String, @Nullable Object>> members(int depth) {
        return Arbitraries.maps(names(), values(depth)).ofMaxSize(MOST_MEMBERS).withoutEdgeCases();
    }

    private static Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "c", "", "~", "/", "~1", "a/b", "ä", "🤖");
    }

    private static Arbitrary<@Nullable Object> values(int depth) {
        Arbitrary<Object> values = depth == 1
                ? leaves()
                : Arbitraries.oneOf(
                        leaves(), lists(depth - 1), members(depth - 1).asGeneric());
        return values.injectNull(SHARE_OF_NULLS);
    }

    static Arbitrary<Number> numbers() {
        Arbitrary<Double> doubles = Arbitraries.doubles();
        return Arbitraries.oneOf(
                Arbitraries.integers().between(-3, 3),
                Arbitraries.longs(),
                Arbitraries.doubles().between(-3, 3),
                doubles,
                doubles.map(Math::rint),
                Arbitraries.floats(),
                Arbitraries.bigIntegers().between(BigInteger.TWO.pow(300).negate(), BigInteger.TWO.pow(300)),
                Arbitraries.bigDecimals().between(BigDecimal.valueOf(-3), BigDecimal.valueOf(3)));
    }

    private static Arbitrary<Object> leaves() {
        return Arbitraries.oneOf(
                numbers().asGeneric(),
                Arbitraries.strings().ofMaxLength(3).asGeneric(),
                Arbitraries.of(true, false).asGeneric(),
                Arbitraries.just(Map.of()).asGeneric(),
                Arbitraries.just(List.of()).asGeneric());
    }

    private static Arbitrary<Object> lists(int depth) {
        return values(depth).list().ofMaxSize(2).withoutEdgeCases().asGeneric();
    }
}
