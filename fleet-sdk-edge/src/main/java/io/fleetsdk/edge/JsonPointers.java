package io.fleetsdk.edge;

import io.fleetsdk.json.JsonObject;
import java.util.Optional;

/** JSON pointers (RFC 6901) into documents. */
final class JsonPointers {
    private JsonPointers() {}

    static String escaped(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    /** The document without the value; a value inside an array takes the whole array with it. */
    static JsonObject without(JsonObject document, String pointer) {
        if (pointer.isEmpty()) {
            return JsonObject.empty();
        }
        int end = pointer.indexOf('/', 1);
        String name = unescaped(end < 0 ? pointer.substring(1) : pointer.substring(1, end));
        Optional<JsonObject> child = document.object(name);
        return end < 0 || child.isEmpty()
                ? document.without(name)
                : document.with(name, without(child.get(), pointer.substring(end)));
    }

    private static String unescaped(String token) {
        return token.replace("~1", "/").replace("~0", "~");
    }
}
