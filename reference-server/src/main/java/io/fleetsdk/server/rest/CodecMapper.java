package io.fleetsdk.server.rest;

import io.fleetsdk.json.JsonCodec;
import io.javalin.json.JsonMapper;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Answers are written by the SDK's own codec, so that a value looks over HTTP as it does on the wire. */
public final class CodecMapper implements JsonMapper {
    private final JsonCodec codec;

    public CodecMapper(JsonCodec codec) {
        this.codec = codec;
    }

    @Override
    public String toJsonString(Object value, Type type) {
        return new String(codec.encode(value), StandardCharsets.UTF_8);
    }
}
