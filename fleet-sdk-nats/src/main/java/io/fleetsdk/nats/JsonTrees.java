package io.fleetsdk.nats;

import io.fleetsdk.internal.JsonNumbers;
import io.fleetsdk.internal.NormalMembers;
import io.fleetsdk.json.JsonObject;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonParser.NumberType;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.ser.std.StdSerializer;

/**
 * {@link JsonObject}s from and to text. Every message passes here, so the tree is built in its final form while the text is read; the
 * parser sees to the depth.
 */
final class JsonTrees {
    private JsonTrees() {}

    /** Reads an object. */
    static final class Reader extends StdDeserializer<JsonObject> {
        Reader() {
            super(JsonObject.class);
        }

        @Override
        public JsonObject deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.START_OBJECT)) {
                return (JsonObject) context.handleUnexpectedToken(JsonObject.class, json);
            }
            return JsonObject.of(new NormalMembers(members(json)));
        }

        private static LinkedHashMap<String, @Nullable Object> members(JsonParser json) {
            LinkedHashMap<String, @Nullable Object> members = new LinkedHashMap<>();
            for (String name = json.nextName(); name != null; name = json.nextName()) {
                json.nextToken();
                members.put(name, value(json));
            }
            return members;
        }

        private static List<@Nullable Object> elements(JsonParser json) {
            List<@Nullable Object> elements = new ArrayList<>();
            while (json.nextToken() != JsonToken.END_ARRAY) {
                elements.add(value(json));
            }
            return elements;
        }

        private static @Nullable Object value(JsonParser json) {
            return switch (json.currentToken()) {
                case START_OBJECT -> Collections.unmodifiableMap(members(json));
                case START_ARRAY -> Collections.unmodifiableList(elements(json));
                case VALUE_TRUE -> true;
                case VALUE_FALSE -> false;
                case VALUE_NULL -> null;
                case VALUE_NUMBER_INT -> integer(json);
                case VALUE_NUMBER_FLOAT -> JsonNumbers.normal(json.getDoubleValue());
                default -> json.getString();
            };
        }

        private static Number integer(JsonParser json) {
            return json.getNumberType() == NumberType.BIG_INTEGER
                    ? JsonNumbers.normal(json.getBigIntegerValue())
                    : (Number) json.getLongValue();
        }
    }

    /** Writes an object. */
    static final class Writer extends StdSerializer<JsonObject> {
        Writer() {
            super(JsonObject.class);
        }

        @Override
        public void serialize(JsonObject value, JsonGenerator json, SerializationContext context) {
            write(value.asMap(), json);
        }

        private static void write(Map<?, ?> members, JsonGenerator json) {
            json.writeStartObject();
            members.forEach((name, value) -> {
                json.writeName((String) name);
                write(value, json);
            });
            json.writeEndObject();
        }

        private static void write(List<?> elements, JsonGenerator json) {
            json.writeStartArray();
            elements.forEach(element -> write(element, json));
            json.writeEndArray();
        }

        private static void write(@Nullable Object value, JsonGenerator json) {
            if (value instanceof Map<?, ?> members) {
                write(members, json);
            } else if (value instanceof List<?> elements) {
                write(elements, json);
            } else if (value instanceof String text) {
                json.writeString(text);
            } else if (value instanceof Long number) {
                json.writeNumber(number);
            } else if (value instanceof Double number) {
                json.writeNumber(number);
            } else if (value instanceof BigInteger number) {
                json.writeNumber(number);
            } else if (value instanceof Boolean truth) {
                json.writeBoolean(truth);
            } else {
                json.writeNull();
            }
        }
    }
}
