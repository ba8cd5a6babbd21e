package io.fleetsdk.protocol;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The shipped schemas, ready to judge a message. */
final class ProtocolSchemas {
    private static final String PREFIX = "https://fleetsdk.io/protocol/1/";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(ProtocolFiles.schemasById())
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));
    private final JsonMapper json = JsonMapper.shared();

    /** What is wrong with an envelope and its payload. */
    List<String> faultsOfMessage(JsonNode message) {
        Stream<String> envelope = faults("envelope", message).stream();
        return Stream.concat(envelope, faults(message.path("type").asString(), message.path("payload")).stream())
                .toList();
    }

    /** What is wrong with a value of the schema file {@code <name>.schema.json}. */
    List<String> faults(String name, JsonNode value) {
        return schema(name).validate(value).stream().map(Error::toString).toList();
    }

    List<String> faults(String name, String text) {
        return faults(name, json.readTree(text));
    }

    /** What the 2020-12 meta schema has against a schema. */
    List<String> faultsOfSchema(String text) {
        Schema meta = registry.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        return meta.validate(json.readTree(text)).stream().map(Error::toString).toList();
    }

    private Schema schema(String name) {
        return registry.getSchema(SchemaLocation.of(PREFIX + name + ".schema.json"));
    }
}
