package io.fleetsdk.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.command.Command;
import io.fleetsdk.command.Priority;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.envelope.MalformedEnvelopeException;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.OperatingMode;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.RobotState;
import io.fleetsdk.robot.RobotStatus;
import io.fleetsdk.telemetry.TelemetrySample;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvelopeCodecTest {
    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.123Z");
    private final EnvelopeCodec codec = new EnvelopeCodec(new JacksonCodec());

    @Test
    void whatIsWrittenIsReadAgain() {
        JsonObject sample = TelemetrySample.builder()
                .position(1, 2.5, 0)
                .yaw(-0.5)
                .battery(80)
                .build()
                .toJson();
        Envelope<JsonObject> sent =
                Envelope.of(MessageType.TELEMETRY, "RB-001", NOW, sample).withSeq(7);

        byte[] text = codec.encode(sent);

        assertThat(codec.decode(MessageType.TELEMETRY, "robots.telemetry.RB-001", text, Optional.empty()))
                .isEqualTo(sent);
    }

    @Test
    void everyMemberOfATypedPayloadSurvives() {
        RobotStatus status = new RobotStatus(
                Presence.ONLINE,
                OperatingMode.AUTOMATIC,
                RobotState.EXECUTING,
                OptionalDouble.of(55.5),
                false,
                true,
                Optional.of(UUID.randomUUID()),
                "1.2.0",
                2,
                List.of(),
                Map.of("walker", "3"));
        Envelope<RobotStatus> sent = Envelope.of(MessageType.STATUS, "RB-001", NOW, status);
        assertThat(codec.decode(MessageType.STATUS, "robots.status.RB-001", codec.encode(sent), Optional.empty()))
                .isEqualTo(sent);

        Command command = new Command(
                UUID.randomUUID(),
                "move_to",
                JsonObject.of("x", 1, "y", 2.5),
                Priority.HIGH,
                Optional.of(NOW),
                Optional.of("anna"));
        Envelope<Command> order =
                Envelope.of(MessageType.COMMAND, "all", NOW, command).withCorrelationId(command.commandId());
        assertThat(codec.decode(MessageType.COMMAND, "robots.cmd.all", codec.encode(order), Optional.empty()))
                .isEqualTo(order);
    }

    @Test
    void theTextIsTheProtocols() {
        Envelope<JsonObject> sent = Envelope.of(MessageType.TELEMETRY, "RB-001", NOW, JsonObject.of("battery", 80))
                .withMessageId(new UUID(0, 1));

        assertThat(new String(codec.encode(sent), UTF_8))
                .isEqualTo("{\"payloadVersion\":1,\"messageId\":\"00000000-0000-0000-0000-000000000001\","
                        + "\"robotId\":\"RB-001\",\"sentAt\":\"2026-01-31T12:00:00.123Z\",\"type\":\"telemetry\","
                        + "\"payload\":{\"battery\":80}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "NOT_JSON|{\"payloadVersion\":1",
                "NOT_JSON|[]",
                "NOT_JSON|{} {}",
                "NOT_AN_ENVELOPE|{}",
                "NOT_AN_ENVELOPE|{\"payloadVersion\":\"1\"}",
                "UNKNOWN_VERSION|{\"payloadVersion\":2}",
                "NOT_AN_ENVELOPE|" + "{\"payloadVersion\":1,\"messageId\":\"1-1-1-1-1\"}",
            })
    void refusesWhatIsNoEnvelope(Malformation reason, String text) {
        assertThat(refusal(text)).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_AN_ENVELOPE,sentAt,yesterday",
        "ROBOT_MISMATCH,robotId,RB-002",
        "WRONG_TYPE,type,status",
        "NOT_AN_ENVELOPE,payload,none",
        "NOT_AN_ENVELOPE,correlationId,none",
        "NOT_AN_ENVELOPE,seq,many",
    })
    void refusesAWrongMember(Malformation reason, String member, String value) {
        JsonObject good = JsonObject.of(Map.of(
                "payloadVersion",
                1,
                "messageId",
                UUID.randomUUID().toString(),
                "robotId",
                "RB-001",
                "sentAt",
                "2026-01-31T12:00:00Z",
                "type",
                "telemetry",
                "payload",
                Map.of()));
        byte[] text = new JacksonCodec().encode(good.with(member, value));

        assertThat(refusal(new String(text, UTF_8))).isEqualTo(reason);
        assertThat(refusal(new String(new JacksonCodec().encode(good.with("payload", Map.of("battery", 101))), UTF_8)))
                .isEqualTo(Malformation.INVALID_PAYLOAD);
    }

    @Test
    void whatIsWrittenIsNeverTooDeepToBeRead() {
        Envelope<JsonObject> deepest = telemetry(nested(JsonObject.MAX_DEPTH - 1));
        assertThat(codec.decode(
                        MessageType.TELEMETRY, "robots.telemetry.RB-001.deep", codec.encode(deepest), Optional.empty()))
                .isEqualTo(deepest);

        assertThatThrownBy(() -> codec.encode(telemetry(nested(JsonObject.MAX_DEPTH))))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("depth");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0007", "1"})
    void aTextIsNoNumberAlsoWhenItIsBlank(String text) {
        JsonObject status = JsonObject.of("heartbeatSeconds", 2).with("battery", text);

        assertThatThrownBy(() -> new JacksonCodec().convert(status, RobotStatus.class))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("battery");
    }

    private static Envelope<JsonObject> telemetry(JsonObject payload) {
        return Envelope.of(MessageType.TELEMETRY, "RB-001", NOW, payload);
    }

    private static JsonObject nested(int levels) {
        return levels == 1 ? JsonObject.empty() : JsonObject.of("a", nested(levels - 1));
    }

    private Malformation refusal(String text) {
        return catchThrowableOfType(
                        MalformedEnvelopeException.class,
                        () -> codec.decode(
                                MessageType.TELEMETRY,
                                "robots.telemetry.RB-001",
                                text.getBytes(UTF_8),
                                Optional.empty()))
                .reason();
    }
}
