package io.fleetsdk.edge;

import io.fleetsdk.Fault;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One object of a configuration while it is read. A rule that is broken becomes a fault and a harmless value takes its place, so
 * that reading goes on and finds the next one. Members nobody asked for are faults as well, once {@link #end} is called.
 */
final class ConfigSection {
    static final String PLACEHOLDER = "faulty";

    private final String path;
    private final JsonObject members;
    private final List<Fault> faults;
    private final Set<String> known = new HashSet<>();

    ConfigSection(String path, JsonObject members, List<Fault> faults) {
        this.path = path;
        this.members = members;
        this.faults = faults;
    }

    /** A required text that keeps a rule of the API, such as {@link Require#label}. */
    String text(String name, Rule rule) {
        return member(name)
                .map(value -> checked(path(name), value, rule))
                .orElseGet(() -> fault(path(name), "missing", "is required", PLACEHOLDER));
    }

    Optional<String> optionalText(String name, Rule rule) {
        return member(name).map(value -> checked(path(name), value, rule));
    }

    double number(String name, double min, double max, double fallback) {
        return optionalNumber(name, min, max).orElse(fallback);
    }

    OptionalDouble optionalNumber(String name, double min, double max) {
        Optional<Object> member = member(name);
        if (member.isEmpty()) {
            return OptionalDouble.empty();
        }
        if (member.get() instanceof Number number && number.doubleValue() >= min && number.doubleValue() <= max) {
            return OptionalDouble.of(number.doubleValue());
        }
        String rule = max == Double.MAX_VALUE
                ? "must be a number of at least " + min
                : "must be a number from " + min + " to " + max;
        return fault(path(name), member.get(), rule, OptionalDouble.empty());
    }

    /** A yes or no; no where it is absent. */
    boolean flag(String name) {
        Object value = member(name).orElse(Boolean.FALSE);
        return value instanceof Boolean flag ? flag : fault(path(name), value, "must be true or false", false);
    }

    /** One of a set of words, exactly as written. */
    <E extends Enum<E>> E word(String name, Class<E> words) {
        E[] all = words.getEnumConstants();
        Object value = member(name).orElse("missing");
        for (E word : all) {
            if (word.name().equals(value)) {
                return word;
            }
        }
        return fault(path(name), value, "must be one of " + List.of(all), all[0]);
    }

    /** Free-form JSON; empty where it is absent. */
    JsonObject object(String name) {
        Optional<Object> member = member(name);
        Optional<JsonObject> object = members.object(name);
        return member.isPresent() && object.isEmpty()
                ? fault(path(name), member.get(), "must be an object", JsonObject.empty())
                : object.orElse(JsonObject.empty());
    }

    ConfigSection section(String name) {
        return new ConfigSection(path(name), object(name), faults);
    }

    /** Texts of an array; none where it is absent. */
    List<String> texts(String name, Rule rule) {
        return elements(name, (elementPath, value) -> checked(elementPath, value, rule));
    }

    /** Objects of an array, each read and ended by the function; none where it is absent. */
    <T> List<T> sections(String name, Function<ConfigSection, T> read) {
        return elements(name, (elementPath, value) -> {
            ConfigSection section = new ConfigSection(elementPath, elementObject(elementPath, value), faults);
            T result = read.apply(section);
            section.end();
            return result;
        });
    }

    /** A member as it is written. */
    Optional<Object> value(String name) {
        return member(name);
    }

    /** Adds a fault of a rule between several members. */
    void refuse(String name, Object value, String rule) {
        faults.add(Fault.of(path(name), value, rule));
    }

    /** Every member that was not asked for is a fault. */
    void end() {
        members.asMap().forEach((name, value) -> {
            if (!known.contains(name)) {
                refuse(
                        name,
                        String.valueOf(value),
                        "is not known here; known are "
                                + known.stream().sorted().toList());
            }
        });
    }

    private <T> List<T> elements(String name, Element<T> read) {
        Optional<Object> member = member(name);
        if (member.isEmpty()) {
            return List.of();
        }
        if (!(member.get() instanceof List<?> values)) {
            return fault(path(name), member.get(), "must be an array", List.of());
        }
        List<T> elements = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            elements.add(read.at(path(name) + "[" + i + "]", values.get(i)));
        }
        return elements;
    }

    private JsonObject elementObject(String elementPath, @Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return JsonObject.empty().with("element", map).object("element").orElseThrow();
        }
        return fault(elementPath, String.valueOf(value), "must be an object", JsonObject.empty());
    }

    private String checked(String valuePath, @Nullable Object value, Rule rule) {
        if (!(value instanceof String text)) {
            return fault(valuePath, String.valueOf(value), "must be a text", PLACEHOLDER);
        }
        try {
            return rule.check(valuePath, text);
        } catch (InvalidInputException e) {
            faults.addAll(e.faults());
            return PLACEHOLDER;
        }
    }

    private Optional<Object> member(String name) {
        known.add(name);
        return members.get(name);
    }

    private <T> T fault(String valuePath, Object value, String rule, T instead) {
        faults.add(Fault.of(valuePath, value, rule));
        return instead;
    }

    private String path(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Checks a text and returns it, or throws {@link InvalidInputException} for the field. */
    @FunctionalInterface
    interface Rule {
        String check(String field, String value);
    }

    @FunctionalInterface
    private interface Element<T> {
        T at(String elementPath, @Nullable Object value);
    }
}
