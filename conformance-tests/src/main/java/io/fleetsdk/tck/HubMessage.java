package io.fleetsdk.tck;

import java.time.Instant;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Envelopes as a backend writes them, for a verification to bend before they are sent. */
final class HubMessage {
    private HubMessage() {}

    static ObjectNode of(String type, String address, Instant sentAt, ObjectNode payload) {
        ObjectNode envelope = object();
        envelope.put("payloadVersion", 1);
        envelope.put("messageId", UUID.randomUUID().toString());
        envelope.put("robotId", address);
        envelope.put("sentAt", sentAt.toString());
        envelope.put("type", type);
        envelope.set("payload", payload);
        return envelope;
    }

    /** A command and its envelope. */
    static ObjectNode command(String address, Instant sentAt, ObjectNode command) {
        ObjectNode envelope = of("cmd", address, sentAt, command);
        envelope.put("correlationId", command.path("commandId").asString());
        return envelope;
    }

    static ObjectNode object() {
        return JsonMapper.shared().createObjectNode();
    }
}
