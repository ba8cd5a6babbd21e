package io.fleetsdk.edge;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Checks documents against JSON Schemas (2020-12). The library is loaded with the first schema that asks for anything, and it
 * fetches nothing from elsewhere. Thread-safe.
 */
final class SchemaCheck {
    private final JsonCodec json;
    private final Map<JsonObject, Schema> compiled = new ConcurrentHashMap<>();

    SchemaCheck(JsonCodec json) {
        this.json = json;
    }

    /** Every broken rule, by the JSON pointer of the value that breaks it; none for an empty schema. */
    Map<String, String> violations(JsonObject schema, JsonObject document) {
        if (schema.isEmpty()) {
            return Map.of();
        }
        Map<String, String> violations = new LinkedHashMap<>();
        for (Error error : compiled.computeIfAbsent(schema, this::compile).validate(text(document), InputFormat.JSON)) {
            violations.merge(pointer(error), error.getMessage(), (first, next) -> first + "; " + next);
        }
        return violations;
    }

    private Schema compile(JsonObject schema) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(text(schema), InputFormat.JSON);
    }

    /** The library names the parent of a member that is missing or too many; we name the member. */
    private static String pointer(Error error) {
        String parent = error.getInstanceLocation().toString();
        return error.getProperty() == null ? parent : parent + "/" + JsonPointers.escaped(error.getProperty());
    }

    private String text(JsonObject object) {
        return new String(json.encode(object), StandardCharsets.UTF_8);
    }
}
