package io.fleetsdk.edge;

import io.fleetsdk.json.JsonObject;
import java.util.Optional;

/** JSON pointers (RFC 6901) into documents. */
final class JsonPointers {
    private JsonPointers() {}

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** The document with the other's value at this place, or with none where the other has none; an array counts as one value. */
    static JsonObject restored(JsonObject document, String pointer, JsonObject other) {
        if (pointer.isEmpty()) {
            return other;
        }
        int end = pointer.indexOf('/', 1);
        String name = unescaped(end < 0 ? pointer.substring(1) : pointer.substring(1, end));
        Optional<JsonObject> child = document.object(name);
        if (end < 0 || child.isEmpty()) {
            return other.get(name).map(value -> document.with(name, value)).orElseGet(() -> document.without(name));
        }
        JsonObject otherChild = other.object(name).orElse(JsonObject.empty());
        return document.with(name, restored(child.get(), pointer.substring(end), otherChild));
    }

    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }
}
