package io.fleetsdk.tck;

import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One message as it came over the wire.
 *
 * @param number its place in what was heard
 * @param messageIdHeader the header {@code Nats-Msg-Id}
 * @param at when it was heard, by this machine's clock
 * @param text its body as JSON, or why it is none
 */
record Heard(int number, String subject, Optional<String> messageIdHeader, byte[] body, Instant at, WireText text) {
    /** The envelope type that belongs on the subject. */
    String type() {
        String[] tokens = subject.split("\\.");
        return switch (tokens[1]) {
            case "settings" -> "settings." + tokens[2];
            case "cmd" -> tokens[2].equals("ack") ? "cmd.ack" : "cmd";
            default -> tokens[1];
        };
    }

    /** Whether the robot said it, not a backend. */
    boolean isFromRobot() {
        return !type().equals("cmd") && !type().equals("settings.desired");
    }

    boolean isWholeSample() {
        return type().equals("telemetry") && FleetSubjects.channel(subject).equals(TelemetryChannel.WHOLE);
    }

    /** A missing node where it is unreadable. */
    JsonNode envelope() {
        return text.json();
    }

    JsonNode payload() {
        return envelope().path("payload");
    }

    /** The member of the payload as text; empty where it is missing or something else. */
    String word(String member) {
        return payload().path(member).asString("");
    }

    String correlationId() {
        return envelope().path("correlationId").asString("");
    }

    @Override
    public String toString() {
        return type() + " message " + envelope().path("messageId").asString("without messageId") + " on " + subject;
    }
}
