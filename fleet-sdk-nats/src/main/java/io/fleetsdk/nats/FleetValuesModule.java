package io.fleetsdk.nats;

import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** How the API's values that are not plain records look in JSON. */
final class FleetValuesModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    FleetValuesModule() {
        addSerializer(JsonObject.class, new ObjectSerializer());
        addDeserializer(JsonObject.class, new ObjectDeserializer());
        addSerializer(RobotId.class, ToStringSerializer.instance);
        addDeserializer(RobotId.class, new RobotIdDeserializer());
    }

    private static final class ObjectSerializer extends StdSerializer<JsonObject> {
        ObjectSerializer() {
            super(JsonObject.class);
        }

        @Override
        public void serialize(JsonObject value, JsonGenerator json, SerializationContext context) {
            context.writeValue(json, value.asMap());
        }
    }

    private static final class ObjectDeserializer extends StdDeserializer<JsonObject> {
        ObjectDeserializer() {
            super(JsonObject.class);
        }

        @Override
        public JsonObject deserialize(JsonParser json, DeserializationContext context) {
            Map<String, @Nullable Object> members = context.readValue(
                    json, context.getTypeFactory().constructMapType(Map.class, String.class, Object.class));
            return JsonObject.of(members);
        }
    }

    private static final class RobotIdDeserializer extends StdDeserializer<RobotId> {
        RobotIdDeserializer() {
            super(RobotId.class);
        }

        @Override
        public RobotId deserialize(JsonParser json, DeserializationContext context) {
            return RobotId.of(context.readValue(json, String.class));
        }
    }
}
