package io.fleetsdk.tck;

import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import io.fleetsdk.protocol.ProtocolFiles;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.JsonNodeException;

/** The protocol's JSON Schemas, and those a robot sends in its capability. */
final class WireSchemas {
    private static final String PREFIX = "https://fleetsdk.io/protocol/1/";
    private static final String META = "https://json-schema.org/draft/2020-12/schema";

    private final SchemaRegistry registry = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemas(ProtocolFiles.schemasById())
                    .schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .build()));

    /**
     * One thing that is wrong.
     *
     * @param member the first step of the path: a member of the value that was judged; empty for the value itself
     */
    record Fault(String member, String text) {}

    List<Fault> envelopeFaults(JsonNode envelope) {
        return faults(schema("envelope"), envelope);
    }

    /** What the schema of the type has against the payload. */
    List<Fault> payloadFaults(String type, JsonNode payload) {
        return faults(schema(type), payload);
    }

    /** What a schema of the robot's own has against a value; the schema must be valid. */
    List<Fault> faultsBy(JsonNode robotsSchema, JsonNode value) {
        return faults(registry.getSchema(robotsSchema), value);
    }

    /** What is wrong with a schema of the robot's own. */
    List<Fault> schemaFaults(JsonNode robotsSchema) {
        return faults(registry.getSchema(SchemaLocation.of(META)), robotsSchema);
    }

    /** The members a type's schema knows. */
    Set<String> knownMembers(String type) {
        return new TreeSet<>(schema(type).getSchemaNode().path("properties").propertyNames());
    }

    private Schema schema(String name) {
        return registry.getSchema(SchemaLocation.of(PREFIX + name + ".schema.json"));
    }

    private static List<Fault> faults(Schema schema, JsonNode value) {
        try {
            return schema.validate(value).stream().map(WireSchemas::fault).toList();
        } catch (JsonNodeException e) {
            // The validator gives up on a whole number beyond 64 bits, where the protocol has none.
            return List.of(new Fault("", e.getOriginalMessage()));
        }
    }

    private static Fault fault(Error error) {
        String path = error.getInstanceLocation().toString();
        String[] steps = path.split("/");
        boolean missing = error.getKeyword().equals("required") && steps.length < 2;
        String member = missing ? error.getProperty() : steps.length < 2 ? "" : steps[1];
        return new Fault(member, (path.isEmpty() ? "" : path + ": ") + error.getMessage());
    }
}
