package io.fleetsdk.edge;

import io.fleetsdk.command.Command;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a command asks for, in 64 characters: its type and parameters, whatever the order of their members. Deadline, priority and
 * who asked are not part of it: a caller that repeats itself sends them anew.
 */
final class ContentDigest {
    private ContentDigest() {}

    static String of(Command command, JsonCodec json) {
        Map<String, @Nullable Object> content = new TreeMap<>();
        content.put("type", command.type());
        content.put("payload", sorted(command.payload().asMap()));
        return HexFormat.of().formatHex(sha256().digest(json.encode(JsonObject.of(content))));
    }

    private static @Nullable Object sorted(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> sorted = new TreeMap<>();
            map.forEach((name, member) -> sorted.put((String) name, sorted(member)));
            return sorted;
        }
        return value instanceof List<?> list
                ? list.stream().map(ContentDigest::sorted).toList()
                : value;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
