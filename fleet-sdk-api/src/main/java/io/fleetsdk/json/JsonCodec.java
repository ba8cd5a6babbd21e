package io.fleetsdk.json;

/**
 * Turns values of this SDK, records and {@link JsonObject}s into JSON text (UTF-8) and back. Thread-safe. Reading refuses
 * with {@link io.fleetsdk.InvalidInputException} what is not JSON, breaks a rule of the type, or nests deeper than 64.
 */
public interface JsonCodec {
    byte[] encode(Object value);

    <T> T decode(byte[] json, Class<T> type);
}
