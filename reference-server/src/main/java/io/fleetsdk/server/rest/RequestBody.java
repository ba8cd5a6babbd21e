package io.fleetsdk.server.rest;

import io.fleetsdk.Fault;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import io.javalin.http.Context;
import io.javalin.http.UnsupportedMediaTypeResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;

/**
 * The JSON object in a request's body, read member by member; null is as good as absent. Every fault is collected, unknown
 * members included, and told together by {@link #check}. Used by one request.
 */
final class RequestBody {
    private static final String JSON = "application/json";

    private final JsonObject json;
    private final Set<String> known = new HashSet<>();
    private final List<Fault> faults = new ArrayList<>();

    private RequestBody(JsonObject json) {
        this.json = json;
    }

    static RequestBody of(Context ctx, JsonCodec codec) {
        return new RequestBody(object(ctx, codec, JSON));
    }

    /** Where a body may be left out. */
    static RequestBody optional(Context ctx, JsonCodec codec) {
        return ctx.bodyAsBytes().length == 0 ? new RequestBody(JsonObject.empty()) : of(ctx, codec);
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
        Optional<String> text = text(name);
        if (json.get(name).isEmpty()) {
            faults.add(Fault.of(name, "missing", "is required"));
        }
        return text.orElse("");
    }

    Optional<Boolean> flag(String name) {
        return member(name, Boolean.class, "must be true or false");
    }

    Optional<Long> integer(String name) {
        return member(name, Long.class, "must be a whole number");
    }

    Optional<JsonObject> object(String name) {
        member(name, Map.class, "must be an object");
        return json.object(name);
    }

    Optional<Set<String>> texts(String name) {
        Optional<List<String>> list = member(name, List.class, "must be a list of texts")
                .map(elements -> ((List<?>) elements)
                        .stream()
                                .filter(String.class::isInstance)
                                .map(String.class::cast)
                                .toList());
        if (list.isPresent() && !json.get(name).equals(Optional.of(list.get()))) {
            fault(name, "must hold texts only");
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
     * @throws InvalidInputException with all faults, if there are any
     */
    void check() {
        json.asMap().keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> faults.add(Fault.of(name, "present", "is not a member of this request")));
        if (!faults.isEmpty()) {
            throw new InvalidInputException(faults);
        }
    }

    private <T> Optional<T> member(String name, Class<T> type, String rule) {
        known.add(name);
        Optional<Object> value = json.get(name);
        if (value.isPresent() && !type.isInstance(value.get())) {
            fault(name, rule);
        }
        return value.filter(type::isInstance).map(type::cast);
    }

    private <T> Optional<T> read(String name, String text, Function<String, T> reader, String rule) {
        try {
            return Optional.of(reader.apply(text));
        } catch (IllegalArgumentException e) {
            fault(name, rule);
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

    private void fault(String name, String rule) {
        faults.add(Fault.of(name, json.get(name).orElse("missing"), rule));
    }
}
