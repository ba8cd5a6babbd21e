package io.fleetsdk.nats;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.protocol.ProtocolFiles;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ContainerNode;
import tools.jackson.databind.node.ObjectNode;

/** The written protocol and the codec are one language. */
class ProtocolAgreementTest {
    private static final RobotId ROBOT = RobotId.of(ArbitraryMessages.ROBOT);
    private static final Map<String, String> SUBJECTS = Map.of(
            "identity", FleetSubjects.identity(ROBOT),
            "capability", FleetSubjects.capability(ROBOT),
            "status", FleetSubjects.status(ROBOT),
            "telemetry", FleetSubjects.telemetry(ROBOT, TelemetryChannel.WHOLE),
            "settings.desired", FleetSubjects.settingsDesired(ROBOT),
            "settings.reported", FleetSubjects.settingsReported(ROBOT),
            "cmd", FleetSubjects.command(ROBOT),
            "cmd.ack", FleetSubjects.commandAck(ROBOT));

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(ProtocolFiles.schemasById())
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final EnvelopeCodec codec = new EnvelopeCodec(new JacksonCodec());

    @Property(tries = 500)
    void whatTheCodecWritesTheSchemasAccept(@ForAll("envelopes") Envelope<?> envelope) {
        JsonNode text = JSON.readTree(codec.encode(envelope));

        assertThat(faults(envelope.type(), text)).isEmpty();
    }

    /**
     * One member, at any depth, gets a value it may or may not have, or goes. What one side refuses
     * the other refuses.
     */
    @Property(tries = 2000)
    void theCodecReadsWhatTheSchemasAcceptAndNothingElse(
            @ForAll("envelopes") Envelope<?> envelope,
            @ForAll("values") String value,
            @ForAll int place,
            @ForAll boolean remove) {
        JsonNode text = JSON.readTree(codec.encode(envelope));
        if (remove) {
            removed(text, place);
        } else {
            replaced(text, place, JSON.readTree(value));
        }

        assertThat(refusal(envelope.type(), subject(envelope.type()), text))
                .as("%s against the schemas' %s", text, faults(envelope.type(), text))
                .isEqualTo(faults(envelope.type(), text).isEmpty() ? "" : "refused");
    }

    @Property(tries = 300)
    void onlyACommandCanBeAddressedToMoreThanOneRobot(@ForAll("envelopes") Envelope<?> envelope) {
        ObjectNode text = (ObjectNode) JSON.readTree(codec.encode(envelope));
        text.put("robotId", FleetSubjects.ALL);
        String subject = subject(envelope.type()).replace(ROBOT.value(), FleetSubjects.ALL);

        assertThat(errors("envelope", text).findAny().isEmpty()).isEqualTo(envelope.type() == MessageType.COMMAND);
        assertThat(refusal(envelope.type(), subject, text).isEmpty()).isEqualTo(envelope.type() == MessageType.COMMAND);
    }

    @Provide
    Arbitrary<Envelope<?>> envelopes() {
        return ArbitraryMessages.envelopes();
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.of(
                "null",
                "true",
                "\"true\"",
                "0",
                "1",
                "1.0",
                "1.5",
                "-1",
                "\"1\"",
                "101",
                "5000",
                "9223372036854775807",
                "9223372036854775808",
                "1e15",
                "[]",
                "[null]",
                "[1]",
                "[\"a\"]",
                "[{}]",
                "{}",
                "{\"a\":1}",
                "{\"a\":null}",
                "\"\"",
                "\"a\"",
                "\"a.b\"",
                "\"all\"",
                "\"ONLINE\"",
                "\"online\"",
                "\"CONNECTION_BROKEN\"",
                "\"TIMEOUT\"",
                "\"COMPLETED\"",
                "\"NORMAL\"",
                "\"\\u0007\"",
                "\"\\ud800\"",
                "\"2026-01-31T12:00:00Z\"",
                "\"2026-01-31T12:00:00.123456789Z\"",
                "\"2026-01-31T12:00:00.1234567891Z\"",
                "\"2026-01-31T12:00:00+01:00\"",
                "\"2026-01-31t12:00:00z\"",
                "\"2026-02-30T12:00:00Z\"",
                "\"2026-01-31T24:00:00Z\"",
                "\"2026-01-31T12:00Z\"",
                "\"2026-01-31\"",
                "1769860800",
                "\"1769860800\"",
                "\"6f1c2d7e-90d4-4a32-bb5f-2f8a8d8a4f04\"",
                "\"6F1C2D7E-90D4-4A32-BB5F-2F8A8D8A4F04\"",
                "\"1-1-1-1-1\"",
                "\"bxwtfpDUSjK7Xy+KjYpPBA==\"",
                "\"" + "a".repeat(64) + "\"",
                "\"" + "a".repeat(65) + "\"",
                "\"" + "🤖".repeat(256) + "\"",
                "\"" + "🤖".repeat(257) + "\"",
                "\"" + "🤖".repeat(4096) + "\"",
                "\"" + "🤖".repeat(4097) + "\"");
    }

    private String refusal(MessageType<?> type, String subject, JsonNode text) {
        try {
            codec.decode(type, subject, JSON.writeValueAsBytes(text), Optional.empty());
            return "";
        } catch (MalformedEnvelopeException e) {
            return "refused";
        }
    }

    private static String subject(MessageType<?> type) {
        return Objects.requireNonNull(SUBJECTS.get(type.wireName()), type.wireName());
    }

    private static List<String> faults(MessageType<?> type, JsonNode text) {
        Stream<Error> envelope = errors("envelope", text);
        Stream<Error> payload = errors(type.wireName(), text.path("payload"));
        Stream<String> outside = Stream.of(
                        text.path("type").equals(JSON.getNodeFactory().stringNode(type.wireName())) ? "" : "type",
                        text.path("robotId").asString("").equals(ROBOT.value()) ? "" : "robotId")
                .filter(fault -> !fault.isEmpty());
        return Stream.concat(Stream.concat(envelope, payload).map(Error::toString), outside)
                .toList();
    }

    private static Stream<Error> errors(String schema, JsonNode value) {
        SchemaLocation location = SchemaLocation.of("https://fleetsdk.io/protocol/1/" + schema + ".schema.json");
        return SCHEMAS.getSchema(location).validate(value).stream();
    }

    private static void replaced(JsonNode text, int place, JsonNode value) {
        Place at = Place.in(text, place);
        if (at.parent() instanceof ObjectNode object) {
            object.set(at.name(), value);
        } else if (at.parent() instanceof ArrayNode array) {
            array.set(Integer.parseInt(at.name()), value);
        }
    }

    private static void removed(JsonNode text, int place) {
        Place at = Place.in(text, place);
        if (at.parent() instanceof ObjectNode object) {
            object.remove(at.name());
        }
    }

    /** A member or element somewhere in a document. */
    private record Place(ContainerNode<?> parent, String name) {
        static Place in(JsonNode document, int number) {
            List<Place> all = new ArrayList<>();
            collect(document, all);
            return all.get(Math.floorMod(number, all.size()));
        }

        private static void collect(JsonNode node, List<Place> places) {
            if (node instanceof ObjectNode object) {
                object.propertyNames().forEach(name -> places.add(new Place(object, name)));
            } else if (node instanceof ArrayNode array) {
                for (int i = 0; i < array.size(); i++) {
                    places.add(new Place(array, Integer.toString(i)));
                }
            }
            node.forEach(child -> collect(child, places));
        }
    }
}
