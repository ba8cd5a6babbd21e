package io.fleetsdk.protocol;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine-readable protocol that ships in this jar, under {@code io/fleetsdk/protocol/}. */
public final class ProtocolFiles {
    private static final String ID_PREFIX = "https://fleetsdk.io/protocol/" + Envelope.PAYLOAD_VERSION + "/";

    private ProtocolFiles() {}

    /** The JSON Schema (2020-12) of the envelope, whatever its payload. */
    public static byte[] envelopeSchema() {
        return read("envelope.schema.json");
    }

    /** The JSON Schema (2020-12) of a type's payload. */
    public static byte[] payloadSchema(MessageType<?> type) {
        return read(type.wireName() + ".schema.json");
    }

    /** The JSON Schema (2020-12) of a latch in bucket {@code FLEET_CONFIG}. */
    public static byte[] stopLatchSchema() {
        return read("estop.schema.json");
    }

    /**
     * Every schema's text by its {@code $id}, for the registry of a validator: the schemas refer to each other. The id ends in
     * the file's name.
     */
    public static Map<String, String> schemasById() {
        Stream<String> types = MessageType.all().stream().map(MessageType::wireName);
        return Stream.concat(Stream.of("values", "envelope", "estop"), types)
                .map(name -> name + ".schema.json")
                .collect(Collectors.toUnmodifiableMap(
                        name -> ID_PREFIX + name, name -> new String(read(name), StandardCharsets.UTF_8)));
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
