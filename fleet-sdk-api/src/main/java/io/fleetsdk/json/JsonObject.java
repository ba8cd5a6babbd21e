package io.fleetsdk.json;

import io.fleetsdk.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object. Members hold {@code String}, {@code Boolean}, {@code Long}, {@code Double}, {@code BigInteger},
 * {@code List}, {@code Map} or null. Numbers are brought to one form, so that {@code 1} equals {@code 1.0}: whole numbers
 * become {@code Long} where they fit. Nesting deeper than 64 levels and numbers that are not finite are refused.
 */
public final class JsonObject {
    /** Levels of arrays and objects within each other. */
    public static final int MAX_DEPTH = 64;

    private static final JsonObject EMPTY = new JsonObject(Map.of());
    private static final double LARGEST_EXACT = 9_007_199_254_740_992.0;

    private final Map<String, @Nullable Object> members;

    private JsonObject(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    public static JsonObject empty() {
        return EMPTY;
    }

    /**
     * A deep copy of the map.
     *
     * @throws InvalidInputException if a value is not JSON, not finite, or nested too deep
     */
    public static JsonObject of(Map<String, ? extends @Nullable Object> members) {
        return members.isEmpty() ? EMPTY : new JsonObject(copy(members, 1));
    }

    public static JsonObject of(String name, Object value) {
        return of(Map.of(name, value));
    }

    public static JsonObject of(String name1, Object value1, String name2, Object value2) {
        return EMPTY.with(name1, value1).with(name2, value2);
    }

    /** The members in their order: unmodifiable, also further down. */
    public Map<String, @Nullable Object> asMap() {
        return members;
    }

    public boolean isEmpty() {
        return members.isEmpty();
    }

    /** The value, or empty where the member is absent or null. */
    public Optional<Object> get(String name) {
        return Optional.ofNullable(members.get(name));
    }

    public Optional<String> string(String name) {
        return get(name).filter(String.class::isInstance).map(String.class::cast);
    }

    public OptionalDouble number(String name) {
        return members.get(name) instanceof Number number
                ? OptionalDouble.of(number.doubleValue())
                : OptionalDouble.empty();
    }

    public OptionalLong integer(String name) {
        return members.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    @SuppressWarnings("unchecked") // values of a JsonObject were copied in as maps of the same kind
    public Optional<JsonObject> object(String name) {
        return members.get(name) instanceof Map<?, ?> map
                ? Optional.of(new JsonObject((Map<String, @Nullable Object>) map))
                : Optional.empty();
    }

    /** A copy with the member set; null sets it to null. */
    public JsonObject with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(members);
        copy.put(name, normal(value, 2));
        return new JsonObject(Collections.unmodifiableMap(copy));
    }

    public JsonObject without(String name) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(members);
        copy.remove(name);
        return new JsonObject(Collections.unmodifiableMap(copy));
    }

    /** This document with a merge patch applied (RFC 7396): null removes a member, objects merge, all else replaces. */
    public JsonObject mergePatch(JsonObject patch) {
        return new JsonObject(merged(members, patch.members));
    }

    /**
     * Every leaf in which {@code right} differs from this, members in order. Leaves are texts, numbers, booleans, whole arrays
     * and empty objects; so an object that only one side has is told leaf by leaf.
     */
    public List<JsonDifference> differences(JsonObject right) {
        List<JsonDifference> found = new ArrayList<>();
        collect("", members, right.members, found);
        return List.copyOf(found);
    }

    private static Map<String, @Nullable Object> merged(Map<?, ?> target, Map<String, @Nullable Object> patch) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        target.forEach((name, value) -> result.put((String) name, value));
        patch.forEach((name, value) -> {
            if (value == null) {
                result.remove(name);
            } else {
                result.put(name, value instanceof Map<?, ?> map ? mergedMember(result.get(name), map) : value);
            }
        });
        return Collections.unmodifiableMap(result);
    }

    @SuppressWarnings("unchecked") // as in object(String)
    private static Object mergedMember(@Nullable Object target, Map<?, ?> patch) {
        return merged(target instanceof Map<?, ?> map ? map : Map.of(), (Map<String, @Nullable Object>) patch);
    }

    private static void collect(String path, Map<?, ?> left, Map<?, ?> right, List<JsonDifference> found) {
        Set<Object> names = new LinkedHashSet<>(left.keySet());
        names.addAll(right.keySet());
        for (Object name : names) {
            Object l = left.get(name);
            Object r = right.get(name);
            String pointer = path + "/" + escaped((String) name);
            if (Objects.equals(l, r)) {
                continue;
            }
            if (haveLeaves(l, r)) {
                collect(pointer, orEmpty(l), orEmpty(r), found);
            } else {
                found.add(new JsonDifference(pointer, Optional.ofNullable(l), Optional.ofNullable(r)));
            }
        }
    }

    /** Whether two different values are told apart by their leaves: an absent object is as good as an empty one. */
    private static boolean haveLeaves(@Nullable Object left, @Nullable Object right) {
        boolean objects = (left == null || left instanceof Map) && (right == null || right instanceof Map);
        return objects && !(orEmpty(left).isEmpty() && orEmpty(right).isEmpty());
    }

    private static Map<?, ?> orEmpty(@Nullable Object value) {
        return value instanceof Map<?, ?> map ? map : Map.of();
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> source, int depth) {
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(source.size() * 2);
        source.forEach((name, value) -> copy.put(String.valueOf(name), normal(value, depth + 1)));
        return Collections.unmodifiableMap(copy);
    }

    private static @Nullable Object normal(@Nullable Object value, int depth) {
        if (depth > MAX_DEPTH + 1) {
            throw new InvalidInputException("json", "depth " + depth, "must nest at most " + MAX_DEPTH + " levels");
        }
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Number number) {
            return normalNumber(number);
        }
        if (value instanceof JsonObject object) {
            return copy(object.members, depth);
        }
        if (value instanceof Map<?, ?> map) {
            return copy(map, depth);
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(normal(element, depth + 1)));
            return Collections.unmodifiableList(copy);
        }
        throw new InvalidInputException("json", value.getClass().getName(), "is not a JSON type");
    }

    private static Number normalNumber(Number number) {
        if (number instanceof BigInteger integer) {
            return integer.bitLength() < Long.SIZE ? (Number) integer.longValue() : integer;
        }
        if (number instanceof Double || number instanceof Float || number instanceof BigDecimal) {
            return normalDouble(number.doubleValue());
        }
        return number.longValue();
    }

    private static Number normalDouble(double number) {
        if (!Double.isFinite(number)) {
            throw new InvalidInputException("json", number, "must be a finite number");
        }
        boolean whole = number == Math.rint(number) && Math.abs(number) <= LARGEST_EXACT;
        return whole ? (Number) (long) number : (Number) number;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonObject object && members.equals(object.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return members.toString();
    }
}
