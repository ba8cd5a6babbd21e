package io.fleetsdk.protocol;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.envelope.MessageType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The machine-readable protocol that ships in this jar, under {@code io/fleetsdk/protocol/}. */
public final class ProtocolFiles {
    private ProtocolFiles() {}

    /** The JSON Schema (2020-12) of the envelope, whatever its payload. */
    public static byte[] envelopeSchema() {
        return read("envelope.schema.json");
    }

    /** The JSON Schema (2020-12) of a type's payload. */
    public static byte[] payloadSchema(MessageType<?> type) {
        return read(type.wireName() + ".schema.json");
    }

    /** The AsyncAPI 3.0 document of all subjects. */
    public static byte[] asyncApi() {
        return read("asyncapi.yaml");
    }

    private static byte[] read(String name) {
        try (InputStream file = ProtocolFiles.class.getResourceAsStream(name)) {
            if (file == null) {
                throw new NotFoundException("protocol file " + name + " is not in the jar");
            }
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
