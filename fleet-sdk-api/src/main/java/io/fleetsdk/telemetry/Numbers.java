package io.fleetsdk.telemetry;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * The numbers in an object of a payload. What is there and is no number is refused by its path.
 *
 * @param path where the object is; empty for the payload itself
 */
record Numbers(String path, JsonObject json) {
    /** The numbers in a member that is an object, if it is there. */
    Optional<Numbers> part(String name) {
        Optional<JsonObject> object = json.object(name);
        if (object.isEmpty() && json.get(name).isPresent()) {
            throw refused(name, json.get(name).get(), "must be an object");
        }
        return object.map(part -> new Numbers(field(name), part));
    }

    OptionalDouble optional(String name) {
        OptionalDouble number = json.number(name);
        if (number.isEmpty() && json.get(name).isPresent()) {
            throw refused(name, json.get(name).get(), "must be a number");
        }
        return number;
    }

    double required(String name) {
        return optional(name).orElseThrow(() -> refused(name, "missing", "is required"));
    }

    double orZero(String name) {
        return optional(name).orElse(0);
    }

    /** The elements of a member that is an array; none where it is absent. */
    List<Double> list(String name) {
        Optional<Object> member = json.get(name);
        if (member.isEmpty()) {
            return List.of();
        }
        if (!(member.get() instanceof List<?> elements)) {
            throw refused(name, member.get(), "must be an array of numbers");
        }
        List<Double> numbers = new ArrayList<>(elements.size());
        elements.forEach(element -> numbers.add(number(name, element)));
        return numbers;
    }

    /** Every member by its name. */
    Map<String, Double> all() {
        Map<String, Double> numbers = new LinkedHashMap<>();
        json.asMap().forEach((name, value) -> numbers.put(name, number(name, value)));
        return numbers;
    }

    private double number(String name, @Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        throw refused(name, String.valueOf(value), "must be a number");
    }

    private InvalidInputException refused(String name, Object value, String rule) {
        return new InvalidInputException(field(name), value, rule);
    }

    private String field(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
