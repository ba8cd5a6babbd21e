package io.fleetsdk.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.envelope.MessageType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ProtocolDocumentTest {
    private static final Pattern RULE =
            Pattern.compile("(?m)^- \\*\\*(FP-[A-Z]{3}-[0-9]+)\\*\\* \\((robot|backend|robot, backend)\\) .+\\.$");
    private static final Pattern NORMATIVE = Pattern.compile("\\b(MUST|SHOULD|MAY)\\b");
    private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```json\\n(.*?)^```$");
    private static final String INTRODUCES_THE_WORDS = "**How to read it.**";

    private final ProtocolSchemas schemas = new ProtocolSchemas();

    @Test
    void everyRuleHasAnIdOfItsOwn() throws IOException {
        assertThat(ruleIds()).hasSizeGreaterThan(80).doesNotHaveDuplicates();
    }

    @Test
    void rulesOfATopicStandTogetherAndAreNumberedInOrder() throws IOException {
        List<String> ids = ruleIds();

        for (int i = 1; i < ids.size(); i++) {
            int previous = topic(ids.get(i)).equals(topic(ids.get(i - 1))) ? number(ids.get(i - 1)) : 0;
            assertThat(number(ids.get(i))).as(ids.get(i)).isGreaterThan(previous);
        }
    }

    @Test
    void everyNormativeSentenceIsARule() throws IOException {
        Stream<String> normative = document()
                .lines()
                .filter(line -> !line.startsWith(INTRODUCES_THE_WORDS))
                .filter(line -> NORMATIVE.matcher(line).find());

        assertThat(normative)
                .allMatch(line -> RULE.matcher(line).matches())
                .hasSize(ruleIds().size());
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsValid(String example) {
        JsonNode json = JsonMapper.shared().readTree(example);

        assertThat(json.has("payloadVersion") ? schemas.faultsOfMessage(json) : schemas.faults("estop", json))
                .isEmpty();
    }

    @Test
    void everyMessageTypeHasAnExample() throws IOException {
        Stream<String> shown = examples()
                .map(example -> JsonMapper.shared().readTree(example))
                .map(json -> json.path("type").asString(""));

        assertThat(shown)
                .containsAll(
                        MessageType.all().stream().map(MessageType::wireName).toList());
    }

    @Test
    void everyReasonOfQuarantineIsExplained() throws IOException {
        assertThat(document())
                .contains(Arrays.stream(Malformation.values())
                        .map(reason -> "| `" + reason.token() + "` |")
                        .toList());
    }

    static Stream<String> examples() throws IOException {
        return EXAMPLE.matcher(document()).results().map(match -> match.group(1));
    }

    private static List<String> ruleIds() throws IOException {
        return RULE.matcher(document()).results().map(match -> match.group(1)).toList();
    }

    private static String topic(String ruleId) {
        return ruleId.substring(0, ruleId.lastIndexOf('-'));
    }

    private static int number(String ruleId) {
        return Integer.parseInt(ruleId.substring(ruleId.lastIndexOf('-') + 1));
    }

    private static String document() throws IOException {
        return Files.readString(Path.of("../docs/protocol.md"));
    }
}
