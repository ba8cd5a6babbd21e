package io.fleetsdk.tck;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * A body read as JSON.
 *
 * @param json a missing node where it is not JSON
 * @param unreadable why it is not JSON
 * @param repeatedName that a member name stands twice in one object
 * @param depth levels of arrays and objects
 */
record WireText(JsonNode json, Optional<String> unreadable, Optional<String> repeatedName, int depth) {
    private static final JsonMapper LENIENT = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final JsonMapper STRICT = LENIENT.rebuild()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static WireText of(byte[] body) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            JsonNode json = LENIENT.readTree(text);
            return new WireText(json, Optional.empty(), repeatedName(text), depth(json));
        } catch (CharacterCodingException e) {
            return unreadable("it is not UTF-8");
        } catch (JacksonException e) {
            return unreadable("it is not JSON: " + e.getOriginalMessage());
        }
    }

    private static WireText unreadable(String reason) {
        return new WireText(MissingNode.getInstance(), Optional.of(reason), Optional.empty(), 0);
    }

    private static Optional<String> repeatedName(String text) {
        try {
            STRICT.readTree(text);
            return Optional.empty();
        } catch (JacksonException e) {
            return Optional.of(e.getOriginalMessage());
        }
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return node.isContainer() ? deepest + 1 : deepest;
    }
}
