package io.fleetsdk.json;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.JsonNumbers;
import io.fleetsdk.internal.NormalMembers;
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
 * {@code List}, {@code Map} or null. Numbers are brought to one form, so that equal numbers are equal, such as {@code 1},
 * {@code 1.0} and {@code 1e0}: {@code Long} where one is exact, else {@code Double}; a whole number that neither holds exactly
 * stays {@code BigInteger}. Nesting deeper than 64 levels and numbers that a {@code double} cannot reach are refused.
 */
public final class JsonObject {
    /** Levels of arrays and objects within each other. */
    public static final int MAX_DEPTH = 64;

    private static final JsonObject EMPTY = new JsonObject(Map.of());

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
        if (members instanceof NormalMembers normal) {
            return new JsonObject(normal.members());
        }
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
     * Every leaf in which {@code right} differs from this, in the order of the members. A leaf is whatever is not an object with
     * members, so arrays are compared whole; a member that is null counts as absent.
     */
    public List<JsonDifference> differences(JsonObject right) {
        Map<String, Object> ours = new LinkedHashMap<>();
        Map<String, Object> theirs = new LinkedHashMap<>();
        collectLeaves("", members, ours);
        collectLeaves("", right.members, theirs);
        Set<String> pointers = new LinkedHashSet<>(ours.keySet());
        pointers.addAll(theirs.keySet());
        return pointers.stream()
                .filter(pointer -> !Objects.equals(ours.get(pointer), theirs.get(pointer)))
                .map(pointer -> new JsonDifference(
                        pointer, Optional.ofNullable(ours.get(pointer)), Optional.ofNullable(theirs.get(pointer))))
                .toList();
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

    private static void collectLeaves(String path, Map<?, ?> object, Map<String, Object> leaves) {
        object.forEach((name, value) -> {
            String pointer = path + "/" + escaped((String) name);
            int before = leaves.size();
            if (value instanceof Map<?, ?> map) {
                collectLeaves(pointer, map, leaves);
                if (leaves.size() == before) {
                    leaves.put(pointer, Map.of());
                }
            } else if (value != null) {
                leaves.put(pointer, value);
            }
        });
    }

    private static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static Map<String, @Nullable Object> copy(Map<?, ?> source, int depth) {
        checkDepth(depth);
        Map<String, @Nullable Object> copy = new LinkedHashMap<>(source.size() * 2);
        source.forEach((name, value) -> copy.put(String.valueOf(name), normal(value, depth + 1)));
        return Collections.unmodifiableMap(copy);
    }

    private static List<@Nullable Object> copy(List<?> source, int depth) {
        checkDepth(depth);
        List<@Nullable Object> copy = new ArrayList<>(source.size());
        source.forEach(element -> copy.add(normal(element, depth + 1)));
        return Collections.unmodifiableList(copy);
    }

    private static void checkDepth(int depth) {
        if (depth > MAX_DEPTH) {
            throw new InvalidInputException("json", "depth " + depth, "must nest at most " + MAX_DEPTH + " levels");
        }
    }

    private static @Nullable Object normal(@Nullable Object value, int depth) {
        if (value == null || value instanceof String || value instanceof Boolean || value instanceof Long) {
            return value;
        }
        if (value instanceof Number number) {
            return JsonNumbers.normal(number);
        }
        if (value instanceof JsonObject object) {
            return copy(object.members, depth);
        }
        if (value instanceof Map<?, ?> map) {
            return copy(map, depth);
        }
        if (value instanceof List<?> list) {
            return copy(list, depth);
        }
        throw new InvalidInputException("json", value.getClass().getName(), "is not a JSON type");
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
