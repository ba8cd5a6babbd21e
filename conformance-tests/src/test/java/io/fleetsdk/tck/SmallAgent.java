package io.fleetsdk.tck;

import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.ErrorListener;
import io.nats.client.Message;
import io.nats.client.Nats;
import io.nats.client.Options;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The smallest agent that keeps the rules, written from the document alone: raw broker client, raw JSON, nothing of the SDK. Each
 * method that a broken agent gets wrong can be overridden. What happens, happens under this object's lock.
 */
class SmallAgent implements AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofMillis(200);
    private static final JsonMapper JSON = JsonMapper.shared();

    final String id = "RB-" + UUID.randomUUID().toString().substring(0, 8);
    private final SmallCommands commands = commands();
    private final Connection connection;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Map<String, Long> counters = new HashMap<>();
    private long appliedRevision;
    private JsonNode settings = JSON.createObjectNode();
    private long stopRevision;
    boolean stopped;

    SmallAgent(String broker) throws IOException, InterruptedException {
        // What is sent while it closes is discarded, and nobody needs to read that.
        connection = Nats.connect(Options.builder()
                .server(broker)
                .errorListener(new ErrorListener() {})
                .build());
    }

    SmallCommands commands() {
        return new SmallCommands(this);
    }

    /** How long its harmless command takes. */
    double waitSeconds() {
        return 1.3;
    }

    synchronized void start() {
        Dispatcher dispatcher = connection.createDispatcher();
        for (String subject : new String[] {"robots.cmd." + id, "robots.cmd.all"}) {
            dispatcher.subscribe(subject, message -> read(message, "cmd").ifPresent(this::onCommand));
        }
        dispatcher.subscribe(
                "robots.settings.desired." + id,
                message -> read(message, "settings.desired").ifPresent(this::onDesired));
        dispatcher.subscribe(
                "robots.estop." + id, message -> read(message, "cmd").ifPresent(this::onStop));
        identify();
        report();
        timer.scheduleAtFixedRate(this::heartbeat, 0, HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Status and sample. */
    synchronized void heartbeat() {
        sendStatus();
        sendSample();
    }

    void sendStatus() {
        ObjectNode status = JSON.createObjectNode();
        status.put("presence", "ONLINE").put("mode", "AUTOMATIC").put("firmwareVersion", "1.0");
        status.put("state", stopped ? "STOPPED" : commands.running().isPresent() ? "EXECUTING" : "IDLE");
        status.put("charging", false).put("emergencyStop", stopped);
        status.put("heartbeatSeconds", HEARTBEAT.toMillis() / 1000.0);
        commands.running().ifPresent(running -> status.put("activeCommand", running));
        send("robots.status." + id, "status", status);
    }

    void sendSample() {
        send("robots.telemetry." + id, "telemetry", JSON.createObjectNode().put("battery", 80));
    }

    void identify() {
        ObjectNode identity = JSON.createObjectNode();
        identity.put("model", "Small").put("vendor", "Tests").put("firmwareVersion", "1.0");
        send("robots.identity." + id, "identity", identity);
        send("robots.capability." + id, "capability", capability());
    }

    /** With one harmless command, which waits. */
    ObjectNode capability() {
        ObjectNode capability = JSON.createObjectNode();
        capability.put("firmwareVersion", "1.0").put("charging", false).put("docking", false);
        ObjectNode command = capability.putArray("commands").addObject();
        command.put("type", SmallCommands.WAIT).put("cancellable", true);
        ObjectNode parameters = command.putObject("parameters").put("type", "object");
        parameters.putArray("required").add("seconds");
        parameters.putObject("properties").putObject("seconds").put("type", "number");
        parameters.putObject(HarmlessCommand.ANNOTATION).put("seconds", waitSeconds());
        capability.putObject("settingsSchema").put("additionalProperties", false);
        return capability;
    }

    synchronized void onDesired(JsonNode message) {
        JsonNode desired = message.path("payload");
        if (isNewerSettings(desired.path("revision").asLong(), appliedRevision)) {
            appliedRevision = desired.path("revision").asLong();
            settings = desired.path("settings");
            report();
        }
    }

    void report() {
        ObjectNode reported = JSON.createObjectNode().put("appliedRevision", appliedRevision);
        reported.putObject("settings");
        ObjectNode errors = reported.putObject("errors");
        settings.propertyNames().forEach(name -> errors.put("/" + name, "is not a setting of this robot"));
        send("robots.settings.reported." + id, "settings.reported", reported);
    }

    synchronized void onStop(JsonNode message) {
        JsonNode command = message.path("payload");
        long revision = command.path("payload").path("revision").asLong();
        if (isNewerStop(revision, stopRevision)) {
            stopRevision = revision;
            stopped = command.path("type").asString().equals("emergency_stop");
            if (stopped) {
                commands.stopWork("FAILED");
            }
            sendStatus();
        }
    }

    boolean isNewerSettings(long revision, long known) {
        return revision > known;
    }

    boolean isNewerStop(long revision, long known) {
        return revision > known;
    }

    synchronized void onCommand(JsonNode message) {
        commands.receive(message.path("payload"));
    }

    void ack(String commandId, String state, String why) {
        ObjectNode payload = JSON.createObjectNode().put("state", state).put("message", why);
        ObjectNode envelope = envelope("cmd.ack", payload);
        envelope.put("correlationId", commandId);
        publish("robots.cmd.ack." + id, envelope);
    }

    void later(Runnable work, Duration delay) {
        timer.schedule(
                () -> {
                    synchronized (this) {
                        work.run();
                    }
                },
                delay.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    void send(String subject, String type, ObjectNode payload) {
        publish(subject, envelope(type, payload));
    }

    ObjectNode envelope(String type, ObjectNode payload) {
        ObjectNode envelope = JSON.createObjectNode().put("payloadVersion", 1);
        envelope.put("messageId", UUID.randomUUID().toString()).put("robotId", id);
        envelope.put("sentAt", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
        envelope.put("seq", nextSeq(type)).put("type", type).set("payload", payload);
        return envelope;
    }

    long nextSeq(String type) {
        return counters.merge(type, 1L, Long::sum);
    }

    void publish(String subject, ObjectNode envelope) {
        publish(subject, envelope.path("messageId").asString(""), JSON.writeValueAsBytes(envelope));
    }

    void publish(String subject, String messageId, byte[] body) {
        Headers headers = new Headers().put("Nats-Msg-Id", messageId.isEmpty() ? "none" : messageId);
        connection.publish(NatsMessage.builder()
                .subject(subject)
                .headers(headers)
                .data(body)
                .build());
    }

    /** The envelope, unless it has to be discarded. */
    Optional<JsonNode> read(Message message, String type) {
        try {
            JsonNode envelope = JSON.readTree(message.getData());
            String address = message.getSubject().substring(message.getSubject().lastIndexOf('.') + 1);
            return Optional.of(envelope)
                    .filter(this::isKnownVersion)
                    .filter(e -> e.path("type").asString("").equals(type))
                    .filter(e -> e.path("robotId").asString("").equals(address))
                    .filter(e -> e.path("payload").isObject());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    boolean isKnownVersion(JsonNode envelope) {
        return envelope.path("payloadVersion").asInt(0) == 1;
    }

    @Override
    public void close() throws InterruptedException {
        timer.shutdownNow();
        connection.close();
    }
}
