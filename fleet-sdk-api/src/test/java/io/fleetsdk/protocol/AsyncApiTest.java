package io.fleetsdk.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class AsyncApiTest {
    private static final RobotId ROBOT = RobotId.of("RB-001");
    private static final JsonNode DOCUMENT = YAMLMapper.shared().readTree(ProtocolFiles.asyncApi());

    static Stream<String> subjects() {
        Stream<String> quarantine = Arrays.stream(Malformation.values()).map(FleetSubjects::quarantine);
        Stream<String> robot = Stream.of(
                FleetSubjects.identity(ROBOT),
                FleetSubjects.capability(ROBOT),
                FleetSubjects.status(ROBOT),
                FleetSubjects.telemetry(ROBOT, TelemetryChannel.WHOLE),
                FleetSubjects.telemetry(ROBOT, TelemetryChannel.CAMERA),
                FleetSubjects.settingsDesired(ROBOT),
                FleetSubjects.settingsReported(ROBOT),
                FleetSubjects.command(ROBOT),
                FleetSubjects.commandToAll(),
                FleetSubjects.commandToZone("hall-2"),
                FleetSubjects.commandAck(ROBOT),
                FleetSubjects.emergencyStop(ROBOT),
                FleetSubjects.emergencyStopOfAll());
        return Stream.concat(robot, quarantine);
    }

    @Test
    void itIsAsyncApi3() {
        assertThat(DOCUMENT.path("asyncapi").asString()).isEqualTo("3.0.0");
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everySubjectHasAChannel(String subject) {
        assertThat(addresses()).anyMatch(address -> covers(address, subject));
    }

    @Test
    void everyChannelIsASubjectOfTheGrammarOrABucketsKey() {
        assertThat(addresses().filter(address -> !address.startsWith("$KV.")))
                .allMatch(address -> subjects().anyMatch(subject -> covers(address, subject)));
    }

    @Test
    void everyMessageTypeAppears() {
        Stream<String> types = DOCUMENT.path("components")
                .path("messages")
                .valueStream()
                .map(message -> message.at("/payload/schema/allOf/1/properties/type/const")
                        .asString(""));

        assertThat(types)
                .containsAll(
                        MessageType.all().stream().map(MessageType::wireName).toList());
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<String> references =
                DOCUMENT.findValues("$ref").stream().map(JsonNode::asString).toList();

        assertThat(references).hasSizeGreaterThan(50).allMatch(AsyncApiTest::resolves);
    }

    @Test
    void everyReasonOfQuarantineIsListed() {
        assertThat(DOCUMENT.at("/channels/quarantine/parameters/reason/enum")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyElementsOf(Arrays.stream(Malformation.values())
                        .map(Malformation::token)
                        .toList());
    }

    private static boolean resolves(String reference) {
        return reference.startsWith("#/")
                ? !DOCUMENT.at(reference.substring(1)).isMissingNode()
                : ProtocolFiles.schemasById().containsKey("https://fleetsdk.io/protocol/1/" + reference);
    }

    private static Stream<String> addresses() {
        return DOCUMENT.path("channels")
                .valueStream()
                .map(channel -> channel.path("address").asString());
    }

    private static boolean covers(String address, String subject) {
        String[] parts = address.split("\\{[a-zA-Z]+}", -1);
        String pattern = String.join(
                "[A-Za-z0-9_-]+", Arrays.stream(parts).map(Pattern::quote).toList());
        return subject.matches(pattern);
    }
}
