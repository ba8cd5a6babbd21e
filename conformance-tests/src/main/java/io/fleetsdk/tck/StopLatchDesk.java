package io.fleetsdk.tck;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.protocol.FleetSubjects;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.PublishOptions;
import io.nats.client.api.KeyValueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Latches and signals emergency stops of the robot as a backend does, and never leaves one behind. */
final class StopLatchDesk {
    private static final String BUCKET = "FLEET_CONFIG";
    private static final String KEY = "estop.";
    private static final String REASON = "conformance run";

    private final AgentProbe probe;
    private long revision;
    private boolean stopped;

    StopLatchDesk(AgentProbe probe) {
        this.probe = probe;
    }

    /** Whether somebody else holds the robot, by its own latch or the fleet's. Also takes up the revision. */
    boolean isTaken() {
        Optional<JsonNode> own = latch(probe.robot().value());
        revision = own.map(latch -> latch.path("revision").asLong(0)).orElse(0L);
        return isStopped(own) || isStopped(latch(FleetSubjects.ALL));
    }

    /** Stops the robot. */
    synchronized void stop() {
        stopped = true;
        store(++revision, true);
        signal(CommandTypes.EMERGENCY_STOP, revision);
    }

    /** Signals, and does not store, a release as old as the stop. */
    void signalStaleRelease() {
        signal(CommandTypes.EMERGENCY_STOP_RELEASE, revision);
    }

    /** Releases the robot if this has stopped it. */
    synchronized void release() {
        if (stopped) {
            store(++revision, false);
            signal(CommandTypes.EMERGENCY_STOP_RELEASE, revision);
            stopped = false;
        }
    }

    private void store(long number, boolean hold) {
        ObjectNode latch = HubMessage.object();
        latch.put("stopped", hold);
        latch.put("revision", number);
        latch.put("reason", REASON);
        latch.put("requestedBy", "conformance");
        latch.put("at", probe.now().toString());
        try {
            bucket().put(KEY + probe.robot(), latch.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | JetStreamApiException e) {
            throw new UnavailableException("the emergency stop latch could not be stored: " + e.getMessage(), e);
        }
    }

    private void signal(String type, long number) {
        ObjectNode command = HubMessage.object();
        command.put("commandId", UUID.randomUUID().toString());
        command.put("type", type);
        command.putObject("payload").put("revision", number).put("reason", REASON);
        command.put("priority", "CRITICAL");
        command.put("requestedBy", "conformance");
        probe.publish(
                FleetSubjects.emergencyStop(probe.robot()),
                HubMessage.command(probe.robot().value(), probe.now(), command),
                PublishOptions.builder());
    }

    private Optional<JsonNode> latch(String address) {
        try {
            KeyValueEntry entry = bucket().get(KEY + address);
            byte[] value = entry == null ? null : entry.getValue();
            return value == null
                    ? Optional.empty()
                    : Optional.of(WireText.of(value).json());
        } catch (IOException | JetStreamApiException e) {
            throw new UnavailableException("the emergency stop latch could not be read: " + e.getMessage(), e);
        }
    }

    private static boolean isStopped(Optional<JsonNode> latch) {
        return latch.map(value -> value.path("stopped").asBoolean(false)).orElse(false);
    }

    private KeyValue bucket() {
        return probe.hub().bucket(BUCKET);
    }
}
