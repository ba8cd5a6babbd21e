package io.fleetsdk.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.command.StopLatch;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.link.CommandDelivery;
import io.fleetsdk.link.RobotLink.Connection;
import io.fleetsdk.link.RobotLink.StopScope;
import io.fleetsdk.link.RobotLink.StopSignal;
import io.fleetsdk.link.RobotLink.StopSource;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.nats.client.JetStreamManagement;
import io.nats.client.Nats;
import io.nats.client.api.AckPolicy;
import io.nats.client.api.ConsumerConfiguration;
import io.nats.client.api.ConsumerInfo;
import io.nats.client.impl.Headers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NatsRobotLinkTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final RobotId ROBOT = RobotId.of("RB-1");
    private static final String CONSUMER = "robot-RB-1";

    private TestBroker broker;
    private NatsFleet fleet;
    private NatsRobotLink link;
    private io.nats.client.Connection raw;
    private final List<CommandDelivery> deliveries = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws Exception {
        broker = new TestBroker();
        fleet = broker.fleet();
        raw = Nats.connect(broker.server().url());
        link = connect();
    }

    @AfterEach
    void stop() throws Exception {
        link.close();
        fleet.close();
        raw.close();
        broker.close();
    }

    @Test
    void commandsOfItsOwnOfAllAndOfItsZoneReachARobotAndNoOthers() throws Exception {
        link.onCommand(deliveries::add);
        UUID own = fleet.commands().send(ROBOT, CommandRequest.of("own")).commandId();
        UUID all = fleet.commands().sendToAll(CommandRequest.of("all"));
        fleet.commands().send(RobotId.of("RB-2"), CommandRequest.of("others"));
        publish("robots.cmd.zone.hall-3", command(UUID.randomUUID(), "hall-3"), new Headers());
        UUID zone = UUID.randomUUID();
        publish("robots.cmd.zone.hall-2", command(zone, "hall-2"), new Headers());

        await().atMost(SOON).until(() -> deliveries.size() >= 3);
        assertThat(deliveries)
                .extracting(delivery -> delivery.command().commandId())
                .containsExactly(own, all, zone);
    }

    @Test
    void anUnreadableCommandIsDiscardedAndTheNextIsRead() throws Exception {
        link.onCommand(deliveries::add);
        publish("robots.cmd.RB-1", "not json", new Headers());
        publish("robots.cmd.RB-1", command(UUID.randomUUID(), "RB-2"), new Headers());
        UUID good = fleet.commands().send(ROBOT, CommandRequest.of("good")).commandId();

        await().atMost(SOON).until(() -> !deliveries.isEmpty());
        assertThat(deliveries.get(0).command().commandId()).isEqualTo(good);
        deliveries.get(0).settle();
        await().atMost(SOON).until(() -> consumer().getNumAckPending() == 0);
    }

    @Test
    void theBrokerKeepsACommandUntilItIsSettled() {
        link.onCommand(deliveries::add);
        fleet.commands().send(ROBOT, CommandRequest.of("beep"));
        await().atMost(SOON).until(() -> !deliveries.isEmpty());
        assertThat(consumer().getNumAckPending()).isOne();

        deliveries.get(0).settle();

        await().atMost(SOON).until(() -> consumer().getNumAckPending() == 0);
    }

    @Test
    void aHandlerThatIsGoneGetsNothingMoreAndAnotherMayFollow() {
        Subscription first = link.onCommand(delivery -> {
            throw new IllegalStateException("I am gone");
        });
        assertThatThrownBy(() -> link.onCommand(deliveries::add)).isInstanceOf(IllegalStateException.class);
        first.close();
        link.onCommand(deliveries::add);

        fleet.commands().send(ROBOT, CommandRequest.of("beep"));

        await().atMost(SOON).until(() -> !deliveries.isEmpty());
    }

    @Test
    void aConsumerThatIsThereAndFitsIsLeftAsItIs() throws Exception {
        link.close();
        management()
                .addOrUpdateConsumer(
                        "ROBOT_COMMANDS",
                        ConsumerConfiguration.builder()
                                .durable(CONSUMER)
                                .filterSubjects("robots.cmd.all", "robots.cmd.zone.hall-2", "robots.cmd.RB-1")
                                .ackPolicy(AckPolicy.Explicit)
                                .ackWait(Duration.ofSeconds(77))
                                .build());
        link = connect();
        link.onCommand(deliveries::add);
        fleet.commands().send(ROBOT, CommandRequest.of("beep"));

        await().atMost(SOON).until(() -> !deliveries.isEmpty());
        assertThat(consumer().getConsumerConfiguration().getAckWait()).isEqualTo(Duration.ofSeconds(77));
    }

    @Test
    void aConsumerThatWasDeletedIsMadeAgain() throws Exception {
        link.onCommand(deliveries::add);
        fleet.commands().send(ROBOT, CommandRequest.of("first"));
        await().atMost(SOON).until(() -> deliveries.size() == 1);
        management().deleteConsumer("ROBOT_COMMANDS", CONSUMER);

        fleet.commands().send(ROBOT, CommandRequest.of("second"));

        await().atMost(SOON)
                .until(() -> deliveries.stream()
                        .anyMatch(delivery -> delivery.command().type().equals("second")));
    }

    @Test
    void anAnswerContinuesTheTraceOfItsCommand() throws Exception {
        link.onCommand(
                delivery -> link.publishAck(delivery.command().commandId(), CommandAck.of(CommandState.ACCEPTED)));
        String trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        publish(
                "robots.cmd.RB-1",
                command(UUID.randomUUID(), "RB-1"),
                new Headers().put("traceparent", trace).put("tracestate", "a=b"));

        await().atMost(SOON).until(() -> stored("ROBOT_ACKS") == 1);
        Headers headers =
                management().getLastMessage("ROBOT_ACKS", "robots.cmd.ack.RB-1").getHeaders();
        assertThat(headers.getFirst("traceparent")).isEqualTo(trace);
        assertThat(headers.getFirst("tracestate")).isEqualTo("a=b");
    }

    /** The broker dies in the middle of it: every answer arrives, each once, in order. */
    @Test
    void whatIsKeptIsStoredOnceAndInOrderThoughTheBrokerDies() throws Exception {
        awaitConnected();
        List<CompletableFuture<Void>> stored = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            stored.add(link.publishAck(new UUID(0, i), CommandAck.of(CommandState.ACCEPTED)));
            if (i == 150) {
                broker.server().kill();
            }
        }
        broker.server().restart();

        CompletableFuture.allOf(stored.toArray(CompletableFuture[]::new))
                .orTimeout(30, SECONDS)
                .join();
        List<UUID> arrived = new ArrayList<>();
        for (int i = 1; i <= stored("ROBOT_ACKS"); i++) {
            byte[] body = management().getMessage("ROBOT_ACKS", i).getData();
            String id = new JacksonCodec()
                    .decode(body, JsonObject.class)
                    .string("correlationId")
                    .orElseThrow();
            arrived.add(UUID.fromString(id));
        }
        assertThat(arrived)
                .containsExactlyElementsOf(
                        IntStream.range(0, 300).mapToObj(i -> new UUID(0, i)).toList());
    }

    @Test
    void telemetryFailsAtOnceWithoutAConnection() {
        awaitConnected();
        broker.server().kill();
        await().atMost(SOON).until(() -> link.connection() == Connection.DISCONNECTED);

        CompletableFuture<Void> lost = link.publishTelemetry(TelemetryChannel.SENSORS, JsonObject.of("a", 1));

        assertThat(lost).isCompletedExceptionally();
        assertThatThrownBy(lost::join).hasCauseInstanceOf(UnavailableException.class);
        broker.server().restart();
        awaitConnected();
        assertThat(link.publishTelemetry(TelemetryChannel.SENSORS, JsonObject.of("a", 2)))
                .succeedsWithin(SOON);
        assertThat(stored("ROBOT_TELEMETRY")).isOne();
    }

    @Test
    void whoIsToldOfTheConnectionCanPublishAtOnce() {
        awaitConnected();
        List<CompletableFuture<Void>> published = new CopyOnWriteArrayList<>();
        link.onConnectionChange(change -> {
            if (change == Connection.CONNECTED) {
                published.add(link.publishTelemetry(TelemetryChannel.SENSORS, JsonObject.of("a", 1)));
            }
        });
        broker.server().restart();

        await().atMost(SOON).until(() -> !published.isEmpty());
        assertThat(published.get(0)).succeedsWithin(SOON);
    }

    @Test
    void aMessageThatIsTooLargeFailsAndHoldsNothingUp() {
        CommandAck large = CommandAck.of(CommandState.COMPLETED).withResult(JsonObject.of("x", "x".repeat(2 << 20)));

        assertThatThrownBy(link.publishAck(UUID.randomUUID(), large)::join)
                .hasCauseInstanceOf(InvalidInputException.class);
        assertThat(link.publishAck(UUID.randomUUID(), CommandAck.of(CommandState.COMPLETED)))
                .succeedsWithin(SOON);
    }

    @Test
    void aNewHandlerHearsHowBothLatchesStandAndThenOfEachChange() {
        fleet.emergencyStop().stopAll("smoke", "kim");
        List<StopSignal> signals = new CopyOnWriteArrayList<>();
        link.onEmergencyStop(signals::add);

        StopSignal robotFree = new StopSignal(StopScope.ROBOT, StopLatch.never(), StopSource.STORED);
        StopSignal fleetHeld =
                new StopSignal(StopScope.FLEET, fleet.emergencyStop().fleetLatch(), StopSource.STORED);
        await().atMost(SOON).untilAsserted(() -> assertThat(signals).contains(robotFree, fleetHeld));

        StopLatch own = fleet.emergencyStop().stop(ROBOT, "own", "kim");
        StopSignal robotHeld = new StopSignal(StopScope.ROBOT, own, StopSource.SIGNAL);
        await().atMost(SOON).untilAsserted(() -> assertThat(signals).contains(robotHeld));
    }

    @Test
    void noCommandIsHandedOverBeforeTheLatchesAreKnown() {
        List<String> order = new CopyOnWriteArrayList<>();
        fleet.emergencyStop().stop(ROBOT, "own", "kim");
        fleet.commands().send(ROBOT, CommandRequest.of("drive"));
        link.onEmergencyStop(signal -> {
            if (signal.source() == StopSource.STORED) {
                order.add(signal.scope().name());
            }
        });
        link.onCommand(delivery -> order.add("command"));

        await().atMost(SOON).until(() -> order.contains("command"));
        assertThat(order.subList(0, order.indexOf("command"))).contains("ROBOT", "FLEET");
    }

    @Test
    void noCommandIsHandedOverWhileTheLatchesCannotBeRead() throws Exception {
        List<String> order = new CopyOnWriteArrayList<>();
        management().deleteStream("KV_FLEET_CONFIG");
        fleet.commands().send(ROBOT, CommandRequest.of("drive"));
        link.onEmergencyStop(signal -> {
            if (signal.source() == StopSource.STORED) {
                order.add(signal.scope().name());
            }
        });
        link.onCommand(delivery -> order.add("command"));
        await().during(Duration.ofSeconds(1)).until(order::isEmpty);

        NatsFleet.applyTopology(broker.options());

        await().atMost(SOON).until(() -> order.contains("command"));
        assertThat(order).startsWith("ROBOT", "FLEET", "command");
    }

    @Test
    void aLinkThatIsClosedFailsWhatItStillKept() {
        broker.server().kill();
        await().atMost(SOON).until(() -> link.connection() == Connection.DISCONNECTED);
        CompletableFuture<Void> kept = link.publishAck(UUID.randomUUID(), CommandAck.of(CommandState.COMPLETED));
        assertThat(kept).isNotDone();

        link.close();

        assertThatThrownBy(kept::join).hasCauseInstanceOf(UnavailableException.class);
    }

    private NatsRobotLink connect() {
        AtomicLong counter = new AtomicLong();
        return NatsRobotLink.connect(broker.options(), ROBOT, Optional.of("hall-2"), type -> counter.incrementAndGet());
    }

    private void awaitConnected() {
        await().atMost(SOON).until(() -> link.connection() == Connection.CONNECTED);
    }

    private static String command(UUID id, String address) {
        return """
            {"payloadVersion": 1, "messageId": "%s", "robotId": "%s", "sentAt": "2026-01-31T12:00:00Z",
             "correlationId": "%s", "type": "cmd", "payload": {"commandId": "%s", "type": "beep"}}
            """.formatted(UUID.randomUUID(), address, id, id);
    }

    private void publish(String subject, String body, Headers headers) throws Exception {
        raw.jetStream().publish(subject, headers, body.getBytes(UTF_8));
    }

    private ConsumerInfo consumer() {
        try {
            return management().getConsumerInfo("ROBOT_COMMANDS", CONSUMER);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private long stored(String stream) {
        try {
            return management().getStreamInfo(stream).getStreamState().getMsgCount();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private JetStreamManagement management() throws Exception {
        return raw.jetStreamManagement();
    }
}
