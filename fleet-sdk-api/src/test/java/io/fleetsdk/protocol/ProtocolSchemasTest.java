package io.fleetsdk.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.envelope.MessageType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProtocolSchemasTest {
    private final ProtocolSchemas schemas = new ProtocolSchemas();

    static Stream<Map.Entry<String, String>> shipped() {
        return ProtocolFiles.schemasById().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everySchemaIsItselfValid(Map.Entry<String, String> schema) {
        assertThat(schemas.faultsOfSchema(schema.getValue())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everySchemaCarriesTheIdUnderWhichTheOthersReferToIt(Map.Entry<String, String> schema) {
        JsonNode text = JsonMapper.shared().readTree(schema.getValue());

        assertThat(text.path("$id").asString()).isEqualTo(schema.getKey());
    }

    @Test
    void theEnvelopeKnowsEveryMessageType() {
        JsonNode envelope = JsonMapper.shared().readTree(ProtocolFiles.envelopeSchema());

        assertThat(envelope.at("/properties/type/enum").valueStream().map(JsonNode::asString))
                .containsExactlyElementsOf(
                        MessageType.all().stream().map(MessageType::wireName).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                "a.b",
                "a b",
                "all",
                "tag",
                "zone",
                "ack",
                "desired",
                "reported",
                "ä",
                "a\\n",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
            })
    void aRobotIdThatIsNoTokenOrReservedIsRefused(String id) {
        assertThat(schemas.faults("envelope", envelope("\"robotId\":\"" + id + "\"")))
                .isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"payloadVersion\":2 | constant",
                "\"payloadVersion\":\"1\" | constant",
                "\"messageId\":\"no\" | messageId",
                "\"messageId\":null | messageId",
                "\"sentAt\":1769860800123 | sentAt",
                "\"sentAt\":\"2026-01-31T12:00:00+01:00\" | sentAt",
                "\"sentAt\":\"2026-01-31 12:00:00Z\" | sentAt",
                "\"seq\":-1 | seq",
                "\"seq\":1.5 | seq",
                "\"type\":\"hello\" | type",
                "\"payload\":[] | payload",
                "\"correlationId\":7 | correlationId",
            })
    void aBrokenEnvelopeMemberIsNamed(String member, String named) {
        assertThat(schemas.faults("envelope", envelope(member))).anyMatch(fault -> fault.contains(named));
    }

    @Test
    void anAcknowledgementThatNamesNoCommandIsRefused() {
        assertThat(schemas.faults("envelope", envelope("\"type\":\"cmd.ack\"")))
                .anyMatch(f -> f.contains("correlationId"));
    }

    @Test
    void aCommandMayBeAddressedToAll() {
        assertThat(schemas.faults("envelope", envelope("\"type\":\"cmd\",\"robotId\":\"all\"")))
                .isEmpty();
    }

    @Test
    void anOptionalMemberMayBeNullAndUnknownMembersAreWelcome() {
        assertThat(schemas.faults("envelope", envelope("\"correlationId\":null,\"seq\":null,\"x-site\":{\"a\":1}")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "identity | {}",
                "identity | {\"model\":\"\",\"vendor\":\"v\",\"firmwareVersion\":\"1\"}",
                "identity | {\"model\":\"a\\u0007b\",\"vendor\":\"v\",\"firmwareVersion\":\"1\"}",
                "identity | {\"model\":\"a\",\"vendor\":\"v\",\"firmwareVersion\":\"1\",\"hardware\":[]}",
                "capability | {\"firmwareVersion\":\"1\",\"charging\":true}",
                "capability | {\"firmwareVersion\":\"1\",\"charging\":true,\"docking\":true,\"commands\":[{\"type\":\"a.b\"}]}",
                "capability | {\"firmwareVersion\":\"1\",\"charging\":true,\"docking\":true,\"maxSpeed\":-1}",
                "telemetry | {\"battery\":100.5}",
                "telemetry | {\"position\":{\"x\":1}}",
                "telemetry | {\"joints\":[1,null]}",
                "telemetry | {\"values\":{\"a\":\"1\"}}",
                "settings.desired | {\"revision\":-1,\"settings\":{}}",
                "settings.desired | {\"revision\":1}",
                "settings.reported | {\"settings\":{}}",
                "settings.reported | {\"appliedRevision\":9223372036854775808,\"settings\":{}}",
                "cmd | {\"type\":\"a\"}",
                "cmd | {\"commandId\":\"6f1c2d7e-90d4-4a32-bb5f-2f8a8d8a4f04\",\"type\":\"a\",\"priority\":\"high\"}",
                "cmd.ack | {\"state\":\"REQUESTED\"}",
                "cmd.ack | {\"state\":\"TIMEOUT\"}",
                "cmd.ack | {\"state\":\"RUNNING\",\"progress\":101}",
                "estop | {\"stopped\":true}",
            })
    void aPayloadThatBreaksARuleOfItsTypeIsRefused(String schema, String payload) {
        assertThat(schemas.faults(schema, payload)).isNotEmpty();
    }

    @Test
    void aLabelMayBe256CodePointsOfAnyScript() {
        String robots = "🤖".repeat(256);
        String identity = "{\"model\":\"%s\",\"vendor\":\"v\",\"firmwareVersion\":\"1\"}";

        assertThat(schemas.faults("identity", identity.formatted(robots))).isEmpty();
        assertThat(schemas.faults("identity", identity.formatted(robots + "a"))).hasSize(1);
    }

    @Test
    void aRobotCannotSayThatItsConnectionIsBroken() {
        String status = "{\"presence\":\"%s\",\"mode\":\"MANUAL\",\"state\":\"IDLE\",\"charging\":false,"
                + "\"emergencyStop\":false,\"firmwareVersion\":\"1\",\"heartbeatSeconds\":1}";

        assertThat(schemas.faults("status", status.formatted("HIBERNATING"))).isEmpty();
        assertThat(schemas.faults("status", status.formatted("CONNECTION_BROKEN")))
                .isNotEmpty();
    }

    /** A good envelope with some members replaced: the last of a repeated name counts. */
    private static JsonNode envelope(String members) {
        List<String> good = List.of(
                "\"payloadVersion\":1",
                "\"messageId\":\"0b2e8a3c-6b0e-4c19-9a57-6c1f8f6d7a10\"",
                "\"robotId\":\"RB-001\"",
                "\"sentAt\":\"2026-01-31T12:00:00.123Z\"",
                "\"type\":\"telemetry\"",
                "\"payload\":{}");
        return JsonMapper.shared().readTree("{" + String.join(",", good) + "," + members + "}");
    }
}
