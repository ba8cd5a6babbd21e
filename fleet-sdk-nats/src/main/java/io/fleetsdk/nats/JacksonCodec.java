package io.fleetsdk.nats;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonCodec;
import io.fleetsdk.json.JsonObject;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MutableCoercionConfig;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * JSON text of the SDK's values, by Jackson. Strict where a peer could be misunderstood: no coercion between texts and numbers,
 * enum words exactly, nothing after the end, at most {@value JsonObject#MAX_DEPTH} levels. Unknown members are ignored.
 */
public final class JacksonCodec implements JsonCodec {
    /** Where the library cannot say where something began: {@code (start marker at [Source: REDACTED …])}. */
    private static final Pattern SOURCE = Pattern.compile("( \\([A-Za-z ]+ at)? ?\\[Source: [^]]*]\\)?");

    private final JsonMapper mapper;

    public JacksonCodec() {
        JsonFactory limited = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(JsonObject.MAX_DEPTH)
                        .build())
                .streamWriteConstraints(StreamWriteConstraints.builder()
                        .maxNestingDepth(JsonObject.MAX_DEPTH)
                        .build())
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .build();
        mapper = JsonMapper.builder(limited)
                .addModule(new FleetValuesModule())
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .withCoercionConfig(LogicalType.Textual, JacksonCodec::onlyTexts)
                .withCoercionConfigDefaults(any -> any.setAcceptBlankAsEmpty(false))
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_ABSENT))
                .build();
    }

    @Override
    public byte[] encode(Object value) {
        try {
            return mapper.writeValueAsBytes(value);
        } catch (JacksonException e) {
            throw refused("json", e);
        }
    }

    @Override
    public <T> T decode(byte[] json, Class<T> type) {
        try {
            T value = mapper.readValue(json, type);
            if (value == null) {
                throw new InvalidInputException("json", "null", "must be a value");
            }
            return value;
        } catch (JacksonException e) {
            throw refused("json", e);
        }
    }

    <T> T convert(JsonObject tree, Class<T> type) {
        try {
            return mapper.convertValue(tree, type);
        } catch (JacksonException e) {
            throw refused("payload", e);
        }
    }

    private static String place(@Nullable TokenStreamLocation location) {
        return location == null || location.getLineNr() < 1
                ? "value"
                : "line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static void onlyTexts(MutableCoercionConfig texts) {
        texts.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
    }

    JsonMapper mapper() {
        return mapper;
    }

    /** A value's own refusal passes through as it is; the library's is put into our words. */
    private static FleetException refused(String field, JacksonException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof InvalidInputException ours) {
                return ours;
            }
        }
        String path = e instanceof DatabindException bound && !bound.getPath().isEmpty()
                ? bound.getPathReference().replaceAll("[A-Za-z0-9_.$]+\\[\"", "[\"")
                : field;
        String rule = SOURCE.matcher(e.getOriginalMessage()).replaceAll("");
        return new InvalidInputException(path, place(e.getLocation()), rule);
    }
}
