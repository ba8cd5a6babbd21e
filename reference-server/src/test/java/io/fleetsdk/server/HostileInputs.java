package io.fleetsdk.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Collections of inputs made to break what reads them. A test that needs one is skipped where it is not there. */
final class HostileInputs {
    private static final Path ADVERSARIAL = Path.of("../../shared/data/adversarial");
    private static final JsonMapper MAPPER = new JsonMapper();

    private HostileInputs() {}

    static List<Path> tortureFiles() throws IOException {
        assumeTrue(Files.isDirectory(ADVERSARIAL), "../shared/data/adversarial is not here");
        try (Stream<Path> files = Files.walk(ADVERSARIAL.resolve("json_parsing"))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        }
    }

    static List<String> naughtyStrings() throws IOException {
        Path file = ADVERSARIAL.resolve("blns.json");
        assumeTrue(Files.exists(file), "../shared/data/adversarial is not here");
        return MAPPER.readTree(Files.readString(file))
                .valueStream()
                .map(JsonNode::stringValue)
                .toList();
    }
}
