package io.fleetsdk.tck;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a verification sees of the robot: it hears every byte the robot sends and speaks to it as a backend does. For one
 * thread; messages are recorded on another.
 */
final class AgentProbe implements AutoCloseable {
    /** How long a command is kept for the robot; long enough for it to come back from a short absence. */
    private static final Duration TIME_TO_LIVE = Duration.ofMinutes(1);

    private final AgentUnderTest agent;
    private final HubConnection hub;
    private final Clock clock;
    private final Recording recording = new Recording();
    private final WireSchemas schemas = new WireSchemas();
    private final List<CommandExchange> exchanges = new ArrayList<>();

    private AgentProbe(AgentUnderTest agent, HubConnection hub, Clock clock) {
        this.agent = agent;
        this.hub = hub;
        this.clock = clock;
    }

    /**
     * Connects and listens.
     *
     * @throws UnavailableException if there is no broker
     */
    static AgentProbe connect(AgentUnderTest agent, Clock clock) throws InterruptedException {
        AgentProbe probe = new AgentProbe(agent, HubConnection.open(agent), clock);
        probe.hub.ensureTopology(agent, FleetSubjects.command(agent.robot()));
        probe.hub.listen(probe.subjects(), probe::hear);
        return probe;
    }

    RobotId robot() {
        return agent.robot();
    }

    AgentUnderTest agent() {
        return agent;
    }

    Duration timeout() {
        return agent.timeout();
    }

    String timeoutText() {
        return timeout().toMillis() / 1000.0 + " s";
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Recording recording() {
        return recording;
    }

    WireSchemas schemas() {
        return schemas;
    }

    HubConnection hub() {
        return hub;
    }

    /** Every command sent so far. */
    List<CommandExchange> exchanges() {
        return List.copyOf(exchanges);
    }

    /** Waits for the first word of the robot. */
    boolean isThere() throws InterruptedException {
        return recording.await(0, Heard::isFromRobot, timeout()).isPresent();
    }

    /** The newest capability heard. */
    Optional<JsonNode> capability() {
        List<Heard> all = recording.ofType("capability");
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(all.get(all.size() - 1).payload());
    }

    /** Whether it has answered any command so far; without that most rules about commands cannot be judged. */
    boolean hasAnswered() {
        return exchanges.stream().anyMatch(exchange -> !exchange.acks().isEmpty());
    }

    ObjectNode identify() {
        return command(CommandTypes.IDENTIFY, HubMessage.object());
    }

    ObjectNode cancel(String commandId) {
        return command(CommandTypes.CANCEL, HubMessage.object().put("commandId", commandId));
    }

    ObjectNode command(ProbeCommand harmless) {
        return command(
                harmless.type(),
                JsonMapper.shared().valueToTree(harmless.payload().asMap()));
    }

    /** A command with an id of its own and a minute to be carried out. */
    ObjectNode command(String type, JsonNode payload) {
        ObjectNode command = HubMessage.object();
        command.put("commandId", UUID.randomUUID().toString());
        command.put("type", type);
        command.set("payload", payload);
        command.put("priority", "NORMAL");
        command.put("deadline", now().plus(TIME_TO_LIVE).toString());
        command.put("requestedBy", "conformance");
        return command;
    }

    CommandExchange send(ObjectNode command) {
        return send(FleetSubjects.command(robot()), HubMessage.command(robot().value(), now(), command));
    }

    CommandExchange sendToAll(ObjectNode command) {
        return send(FleetSubjects.commandToAll(), HubMessage.command(FleetSubjects.ALL, now(), command));
    }

    /** Sends an envelope around a command as it is. */
    CommandExchange send(String subject, ObjectNode envelope) {
        CommandExchange exchange = new CommandExchange(this, (ObjectNode) envelope.path("payload"), recording.mark());
        exchanges.add(exchange);
        publish(subject, envelope, command());
        return exchange;
    }

    /** Sends the same command once more, in a new envelope. */
    void repeat(CommandExchange exchange, ObjectNode command) {
        exchange.repeatedNow();
        publish(FleetSubjects.command(robot()), HubMessage.command(robot().value(), now(), command), command());
    }

    /**
     * Sends a command that cannot be known and waits for the answer: a robot that reads in order has read everything sent
     * before.
     */
    CommandExchange fence() throws InterruptedException {
        CommandExchange fence = send(command("x-unknown-" + UUID.randomUUID(), HubMessage.object()));
        fence.await(ack -> true);
        return fence;
    }

    void publish(String subject, ObjectNode envelope, PublishOptions.Builder options) {
        options.messageId(envelope.path("messageId").asString());
        publish(subject, envelope.toString().getBytes(StandardCharsets.UTF_8), options);
    }

    void publish(String subject, byte[] body, PublishOptions.Builder options) {
        hub.publish(subject, body, options.build());
    }

    static PublishOptions.Builder command() {
        return PublishOptions.builder().messageTtlSeconds((int) TIME_TO_LIVE.toSeconds());
    }

    private List<String> subjects() {
        RobotId robot = robot();
        return List.of(
                FleetSubjects.identity(robot),
                FleetSubjects.capability(robot),
                FleetSubjects.status(robot),
                FleetSubjects.telemetry(robot, TelemetryChannel.WHOLE),
                FleetSubjects.telemetryChannels(robot),
                FleetSubjects.settingsReported(robot),
                FleetSubjects.commandAck(robot),
                FleetSubjects.command(robot),
                FleetSubjects.commandToAll());
    }

    private void hear(Message message) {
        Optional<String> id = Optional.ofNullable(message.getHeaders()).map(headers -> headers.getFirst("Nats-Msg-Id"));
        Instant at = clock.instant();
        recording.add(number ->
                new Heard(number, message.getSubject(), id, message.getData(), at, WireText.of(message.getData())));
    }

    @Override
    public void close() {
        hub.close();
    }
}
