package io.fleetsdk.nats;

import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.job.JobId;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.storage.Digest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** How the API's values that are not plain records look in JSON. */
final class FleetValuesModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    FleetValuesModule() {
        addSerializer(new EnvelopeSerializer());
        addSerializer(JsonObject.class, new JsonTrees.Writer());
        addDeserializer(JsonObject.class, new JsonTrees.Reader());
        addSerializer(RobotId.class, ToStringSerializer.instance);
        addDeserializer(RobotId.class, new IdDeserializer<>(RobotId.class, RobotId::of));
        addSerializer(JobId.class, ToStringSerializer.instance);
        addDeserializer(JobId.class, new IdDeserializer<>(JobId.class, JobId::of));
        addSerializer(Digest.class, ToStringSerializer.instance);
        addDeserializer(Digest.class, new IdDeserializer<>(Digest.class, Digest::parse));
        addSerializer(new InstantSerializer());
        addDeserializer(Instant.class, new InstantDeserializer());
        addDeserializer(UUID.class, new UuidDeserializer());
    }

    @Override
    public void setupModule(SetupContext context) {
        super.setupModule(context);
        context.insertAnnotationIntrospector(new PrimitivesAreRequired());
    }

    /** A number or a boolean that is not there is not 0 or false: a missing {@code emergencyStop} must not read as "free". */
    private static final class PrimitivesAreRequired extends NopAnnotationIntrospector {
        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            return member.getRawType().isPrimitive() ? Boolean.TRUE : null;
        }
    }

    private static final class EnvelopeSerializer extends StdSerializer<Envelope<?>> {
        EnvelopeSerializer() {
            super(Envelope.class);
        }

        @Override
        public void serialize(Envelope<?> envelope, JsonGenerator json, SerializationContext context) {
            json.writeStartObject();
            json.writeNumberProperty("payloadVersion", Envelope.PAYLOAD_VERSION);
            json.writeStringProperty("messageId", envelope.messageId().toString());
            json.writeStringProperty("robotId", envelope.address());
            json.writeStringProperty("sentAt", WireForms.text(envelope.sentAt().truncatedTo(ChronoUnit.MILLIS)));
            envelope.correlationId().ifPresent(id -> json.writeStringProperty("correlationId", id.toString()));
            envelope.seq().ifPresent(seq -> json.writeNumberProperty("seq", seq));
            json.writeStringProperty("type", envelope.type().wireName());
            json.writeName("payload");
            context.writeValue(json, envelope.payload());
            json.writeEndObject();
        }
    }

    /** Ids are their text. */
    private static final class IdDeserializer<T> extends StdDeserializer<T> {
        private final Function<String, T> of;

        IdDeserializer(Class<T> type, Function<String, T> of) {
            super(type);
            this.of = of;
        }

        @Override
        public T deserialize(JsonParser json, DeserializationContext context) {
            return of.apply(context.readValue(json, String.class));
        }
    }

    private static final class InstantSerializer extends StdSerializer<Instant> {
        InstantSerializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant time, JsonGenerator json, SerializationContext context) {
            json.writeString(WireForms.text(time));
        }
    }

    private static final class InstantDeserializer extends StdDeserializer<Instant> {
        InstantDeserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) {
            return WireForms.instant("time", context.readValue(json, String.class));
        }
    }

    private static final class UuidDeserializer extends StdDeserializer<UUID> {
        UuidDeserializer() {
            super(UUID.class);
        }

        @Override
        public UUID deserialize(JsonParser json, DeserializationContext context) {
            return WireForms.uuid("id", context.readValue(json, String.class));
        }
    }
}
