package io.fleetsdk.server.rest;

import io.fleetsdk.Fault;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The JSON object in a request's body, read member by member; null is as good as absent. Every fault is collected, unknown
 * members included, and told together by {@link #check}. Objects within it are parts, whose faults are told with the whole's. Used
 * by one request.
 */
final class RequestBody {
    private static final String JSON = "application/json";
    private static final int MOST_FAULTS = 100;

    private final JsonObject json;
    private final String path;
    private final List<Fault> faults;
    private final Set<String> known = new HashSet<>();
    private final List<RequestBody> parts = new ArrayList<>();

    /**
     * @param path what stands before a member's name when it is told, such as {@code options.}
     */
    private RequestBody(JsonObject json, String path, List<Fault> faults) {
        this.json = json;
        this.path = path;
        this.faults = faults;
    }

    private static RequestBody whole(JsonObject json) {
        return new RequestBody(json, "", new ArrayList<>());
    }

    static RequestBody of(Context ctx, JsonCodec codec) {
        return whole(object(ctx, codec, JSON));
    }

    /** Where a body may be left out. */
    static RequestBody optional(Context ctx, JsonCodec codec) {
        return ctx.bodyAsBytes().length == 0 ? whole(JsonObject.empty()) : of(ctx, codec);
    }

    /** The whole body, which must come with this media type. */
    static JsonObject object(Context ctx, JsonCodec codec, String mediaType) {
        String type = Optional.ofNullable(ctx.contentType()).orElse("none");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(mediaType)) {
            throw new UnsupportedMediaTypeResponse("Content-Type " + type + " must be " + mediaType);
        }
        return codec.decode(ctx.bodyAsBytes(), JsonObject.class);
    }

    Optional<String> text(String name) {
        return member(name, String.class, "must be a text");
    }

    String requiredText(String name) {
        return needed(name).orElse("");
    }

    /** A text whose absence is a fault: present once {@link #check} has passed. */
    Optional<String> needed(String name) {
        return present(name, text(name));
    }

    /** Marks it as a fault where a member is missing. */
    <T> Optional<T> present(String name, Optional<T> value) {
        if (json.get(name).isEmpty()) {
            faults.add(Fault.of(path + name, "missing", "is required"));
        }
        return value;
    }

    /** Whatever JSON it is. */
    Optional<Object> any(String name) {
        return member(name, Object.class, "must be JSON");
    }

    Optional<Boolean> flag(String name) {
        return member(name, Boolean.class, "must be true or false");
    }

    Optional<Long> integer(String name) {
        return member(name, Long.class, "must be a whole number");
    }

    Optional<Integer> count(String name) {
        return integer(name).flatMap(number -> read(name, number, Math::toIntExact, "must be a smaller number"));
    }

    Optional<Double> number(String name) {
        return member(name, Number.class, "must be a number").map(Number::doubleValue);
    }

    Optional<Duration> duration(String name) {
        return text(name).flatMap(text -> read(name, text, Duration::parse, "must be a duration such as PT30S"));
    }

    Optional<Instant> instant(String name) {
        return text(name)
                .flatMap(text -> read(name, text, Instant::parse, "must be a time such as 2026-01-31T12:00:00.000Z"));
    }

    Optional<ZoneId> zone(String name) {
        return text(name).flatMap(text -> read(name, text, ZoneId::of, "must be a time zone such as Europe/Berlin"));
    }

    Optional<JsonObject> object(String name) {
        member(name, Map.class, "must be an object");
        return json.object(name);
    }

    /** The object in a member, to be read like this one. */
    Optional<RequestBody> part(String name) {
        return object(name).map(object -> part(name, object));
    }

    /** The objects in a list. */
    Optional<List<RequestBody>> parts(String name) {
        return member(name, List.class, "must be a list of objects").map(elements -> partsOf(name, elements));
    }

    /** An object whose members are texts. */
    Optional<Map<String, String>> labels(String name) {
        return object(name).map(object -> {
            Map<String, String> texts = new LinkedHashMap<>();
            object.asMap().keySet().forEach(key -> object.string(key).ifPresent(text -> texts.put(key, text)));
            if (texts.size() < object.asMap().size()) {
                refuse(name, "must hold texts only");
            }
            return texts;
        });
    }

    Optional<Set<String>> texts(String name) {
        Optional<List<String>> list = member(name, List.class, "must be a list of texts")
                .map(elements -> ((List<?>) elements)
                        .stream()
                                .filter(String.class::isInstance)
                                .map(String.class::cast)
                                .toList());
        if (list.isPresent() && !json.get(name).equals(Optional.of(list.get()))) {
            refuse(name, "must hold texts only");
        }
        return list.map(LinkedHashSet::new);
    }

    Optional<UUID> uuid(String name) {
        return text(name).flatMap(text -> read(name, text, RequestBody::uuidOf, "must be a UUID"));
    }

    <E extends Enum<E>> Optional<E> word(String name, Class<E> type) {
        String rule = "must be one of " + Arrays.toString(type.getEnumConstants());
        return text(name).flatMap(text -> read(name, text, value -> Enum.valueOf(type, value), rule));
    }

    /**
     * To be called when all members have been asked for, and before any is used.
     *
     * @throws InvalidInputException with all faults, if there are any; of very many with the first 100
     */
    void check() {
        refuseUnknown();
        if (!faults.isEmpty()) {
            throw new InvalidInputException(faults.subList(0, Math.min(faults.size(), MOST_FAULTS)));
        }
    }

    /** Hands a member to who keeps a rule of its own; what that refuses is a fault of the member. */
    <T> void pass(String name, Optional<T> value, Consumer<T> taker) {
        try {
            value.ifPresent(taker);
        } catch (InvalidInputException e) {
            e.faults().forEach(fault -> faults.add(new Fault(path + name, fault.value(), fault.rule())));
        }
    }

    /** A value made of this object's members, whose names are those of the value; empty, and a fault, where it refuses. */
    <T> Optional<T> made(Supplier<T> value) {
        try {
            return Optional.of(value.get());
        } catch (InvalidInputException e) {
            e.faults().forEach(fault -> faults.add(new Fault(pathOf(fault.field()), fault.value(), fault.rule())));
            return Optional.empty();
        }
    }

    /** Marks a member's value as a fault. */
    void refuse(String name, String rule) {
        faults.add(Fault.of(path + name, json.get(name).orElse("missing"), rule));
    }

    private void refuseUnknown() {
        json.asMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(Fault.of(path + name, "present", "is not a member of this request")));
        parts.forEach(RequestBody::refuseUnknown);
    }

    private List<RequestBody> partsOf(String name, List<?> elements) {
        List<RequestBody> objects = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (elements.get(i) instanceof Map<?, ?> members) {
                objects.add(part(name + "[" + i + "]", objectOf(members)));
            } else {
                faults.add(Fault.of(path + name + "[" + i + "]", String.valueOf(elements.get(i)), "must be an object"));
            }
        }
        return objects;
    }

    private RequestBody part(String name, JsonObject object) {
        RequestBody part = new RequestBody(object, path + name + ".", faults);
        parts.add(part);
        return part;
    }

    @SuppressWarnings("unchecked") // maps within a JsonObject have texts as keys
    private static JsonObject objectOf(Map<?, ?> members) {
        return JsonObject.of((Map<String, ?>) members);
    }

    /** Some values name their fields with their own name before: {@code rate.jobs} of {@code rate.} is not told as rate.rate.jobs. */
    private String pathOf(String field) {
        int own = field.lastIndexOf('.') + 1;
        return path.endsWith(field.substring(0, own)) ? path + field.substring(own) : path + field;
    }

    private <T> Optional<T> member(String name, Class<T> type, String rule) {
        known.add(name);
        Optional<Object> value = json.get(name);
        if (value.isPresent() && !type.isInstance(value.get())) {
            refuse(name, rule);
        }
        return value.filter(type::isInstance).map(type::cast);
    }

    private <V, T> Optional<T> read(String name, V value, Function<V, T> reader, String rule) {
        try {
            return Optional.of(reader.apply(value));
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            refuse(name, rule);
            return Optional.empty();
        }
    }

    /** Java itself also reads {@code 1-1-1-1-1}. */
    private static UUID uuidOf(String text) {
        UUID uuid = UUID.fromString(text);
        if (!uuid.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException(text);
        }
        return uuid;
    }
}
