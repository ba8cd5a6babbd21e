package io.fleetsdk.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.Subscription;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandHandle;
import io.fleetsdk.command.CommandRequest;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.MetadataUpdate;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import io.fleetsdk.settings.SettingsDelta;
import io.fleetsdk.settings.SettingsGuard;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetryFilter;
import io.fleetsdk.telemetry.TelemetryQuery;
import io.fleetsdk.telemetry.TelemetryReading;
import io.fleetsdk.testing.FleetExtension;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NatsFleetTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    @RegisterExtension
    static final FleetExtension fleets = FleetExtension.connecting(TestBroker::connect);

    private static int robots;

    private NatsFleet fleet;
    private WireRobot robot;

    @BeforeEach
    void connect() {
        fleet = NatsFleet.connect(options());
        robot = new WireRobot(options(), "RB-" + ++robots);
    }

    @AfterEach
    void disconnect() {
        robot.close();
        fleet.close();
    }

    @Test
    void aRobotIsKnownByItsOwnWords() {
        robot.announces("1.0");
        robot.beats(Presence.ONLINE, "1.0", 2);

        Robot known = fleet.robots().find(robot.id()).orElseThrow();

        assertThat(known.presence()).isEqualTo(Presence.ONLINE);
        assertThat(known.identity().orElseThrow().value().model()).isEqualTo("Walker");
        assertThat(known.capability().orElseThrow().value().sensors()).containsExactly("lidar");
        assertThat(known.status().orElseThrow().value().battery()).hasValue(80);
        assertThat(known.lastSeenAt()).isPresent();
    }

    @Test
    void presenceFollowsHeartbeatsSilenceAndGoodbye() {
        fleet.robots().list();
        robot.beats(Presence.ONLINE, "1.0", 0.3);
        awaitPresence(Presence.ONLINE);
        awaitPresence(Presence.CONNECTION_BROKEN);
        robot.beats(Presence.ONLINE, "1.0", 30);
        awaitPresence(Presence.ONLINE);
        robot.beats(Presence.HIBERNATING, "1.0", 0.3);
        awaitPresence(Presence.HIBERNATING);
        robot.beats(Presence.OFFLINE, "1.0", 0.3);
        awaitPresence(Presence.OFFLINE);
    }

    @Test
    void capabilityKeepsItsHistory() {
        robot.announces("1.0");
        robot.announces("1.1");
        assertThat(fleet.robots().capabilityHistory(robot.id()))
                .extracting(received -> received.value().firmwareVersion())
                .containsExactly("1.1", "1.0");
    }

    @Test
    void metadataIsGuardedByItsRevision() {
        Robot first = fleet.robots()
                .update(
                        robot.id(),
                        MetadataUpdate.builder()
                                .displayName("Läufer 東 🚀")
                                .tags(Set.of("night shift", "ß"))
                                .build());
        long revision = first.metadata().revision();
        fleet.robots()
                .update(
                        robot.id(),
                        MetadataUpdate.builder().disable().ifRevision(revision).build());

        assertThatThrownBy(() -> fleet.robots()
                        .update(
                                robot.id(),
                                MetadataUpdate.builder()
                                        .notes("late")
                                        .ifRevision(revision)
                                        .build()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("expected revision " + revision);
        try (NatsFleet other = NatsFleet.connect(options())) {
            Robot seen = other.robots().find(robot.id()).orElseThrow();
            assertThat(seen.name()).isEqualTo("Läufer 東 🚀");
            assertThat(seen.metadata().enabled()).isFalse();
            assertThat(seen.metadata().tags()).containsExactlyInAnyOrder("night shift", "ß");
            assertThat(seen.metadata().notes()).isEmpty();
            MetadataUpdate nameless = MetadataUpdate.builder().displayName("").build();
            assertThat(other.robots().update(robot.id(), nameless).name())
                    .isEqualTo(robot.id().value());
        }
    }

    @Test
    void aRobotWithoutIdentityOrWithOtherFirmwareIsAskedForIt() throws Exception {
        ConcurrentLinkedQueue<String> asked = new ConcurrentLinkedQueue<>();
        robot.hears(FleetSubjects.command(robot.id()), command -> asked.add(command.type()));
        try (Subscription discovery = fleet.robots().discover()) {
            robot.beats(Presence.ONLINE, "1.0", 30);
            await().atMost(SOON).untilAsserted(() -> assertThat(asked).containsExactly(CommandTypes.IDENTIFY));
            robot.announces("1.0");
            await().atMost(SOON)
                    .until(() -> fleet.robots()
                            .find(robot.id())
                            .orElseThrow()
                            .capability()
                            .isPresent());
            await().atMost(SOON)
                    .until(() -> fleet.robots()
                            .find(robot.id())
                            .orElseThrow()
                            .metadata()
                            .firstSeenAt()
                            .isPresent());
            asked.clear();
            robot.beats(Presence.ONLINE, "2.0", 30);
            await().atMost(SOON).untilAsserted(() -> assertThat(asked).contains(CommandTypes.IDENTIFY));
        }
    }

    @Test
    void liveTelemetryArrivesInOrderAndAgainAfterTheBrokerWasKilled() throws Exception {
        ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();
        try (TestBroker own = new TestBroker();
                NatsFleet here = own.fleet();
                WireRobot mover = new WireRobot(own.options(), "RB-1");
                Subscription live = here.telemetry()
                        .subscribe(
                                TelemetryFilter.of(mover.id()),
                                Overflow.waitForRoom(100),
                                reading -> seen.add(reading.payload().get("n").orElseThrow()))) {
            for (int n = 0; n < 50; n++) {
                mover.measures(JsonObject.of("n", n));
            }
            own.server().kill();
            own.server().restart();
            await().atMost(SOON).until(here::isConnected);
            for (int n = 50; n < 100; n++) {
                mover.measures(JsonObject.of("n", n));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> seen.size() >= 100);
            assertThat(seen)
                    .containsExactlyElementsOf(IntStream.range(0, 100)
                            .mapToObj(n -> (Object) (long) n)
                            .toList());
        }
    }

    @Test
    void aSlowHandlerLosesTheOldestAndKnowsHowMany() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        ConcurrentLinkedQueue<Object> seen = new ConcurrentLinkedQueue<>();
        try (Subscription live = fleet.telemetry()
                .subscribe(TelemetryFilter.of(robot.id()), Overflow.dropOldest(5), reading -> {
                    awaitQuietly(release);
                    seen.add(reading.payload().get("n").orElseThrow());
                })) {
            for (int n = 0; n < 30; n++) {
                robot.measures(JsonObject.of("n", n));
            }
            await().atMost(SOON).until(() -> live.dropped() >= 24);
            release.countDown();
            await().atMost(SOON).until(() -> seen.size() + live.dropped() == 30);
            assertThat(seen).contains(29L).hasSizeLessThanOrEqualTo(6);
        }
    }

    @Test
    void historyGivesTheNewestOrAStretch() {
        for (int n = 0; n < 30; n++) {
            robot.measures(JsonObject.of("n", n));
        }
        TelemetryQuery query = TelemetryQuery.of(robot.id());

        List<TelemetryReading> newest = fleet.telemetry().history(query.limit(10));
        assertThat(newest)
                .extracting(reading -> reading.payload().get("n").orElseThrow())
                .containsExactlyElementsOf(
                        IntStream.range(20, 30).mapToObj(n -> (Object) (long) n).toList());

        Instant from = newest.get(2).storedAt();
        Instant to = newest.get(5).storedAt();
        assertThat(fleet.telemetry().history(query.from(from).to(to)))
                .extracting(reading -> reading.payload().get("n").orElseThrow())
                .containsExactly(22L, 23L, 24L);
        assertThat(fleet.telemetry().history(query.from(Instant.EPOCH).limit(3)))
                .hasSize(3);
        assertThat(fleet.telemetry().history(TelemetryQuery.of(RobotId.of("never-heard-of"))))
                .isEmpty();
        assertThat(fleet.telemetry()
                        .latest(robot.id(), TelemetryChannel.WHOLE)
                        .orElseThrow()
                        .payload())
                .isEqualTo(JsonObject.of("n", 29));
    }

    @Test
    void desiredSettingsAreGuardedMergedAndComparedWithWhatIsReported() {
        RobotId id = robot.id();
        DesiredSettings first = fleet.settings()
                .replace(
                        id,
                        JsonObject.of(Map.of("maxSpeed", 1.5, "lights", Map.of("on", true))),
                        SettingsGuard.revision(0),
                        "anna");
        assertThat(first.revision()).isEqualTo(1);
        DesiredSettings second = fleet.settings()
                .patch(id, JsonObject.of("lights", Map.of("colour", "red")), SettingsGuard.any(), "bert");
        assertThat(second.settings())
                .isEqualTo(JsonObject.of(Map.of("maxSpeed", 1.5, "lights", Map.of("on", true, "colour", "red"))));
        assertThatThrownBy(() -> fleet.settings().replace(id, JsonObject.empty(), SettingsGuard.revision(1), "late"))
                .isInstanceOf(ConflictException.class)
                .extracting(e -> ((ConflictException) e).currentRevision())
                .isEqualTo(2L);
        assertThat(fleet.settings().delta(id).state()).isEqualTo(SettingsDelta.State.PENDING);

        robot.reports(new ReportedSettings(
                2,
                JsonObject.of(Map.of("maxSpeed", 1, "lights", Map.of("on", true, "colour", "red"), "own", 5)),
                Map.of("/maxSpeed", "must be at most 1")));

        SettingsDelta delta = fleet.settings().delta(id);
        assertThat(delta.state()).isEqualTo(SettingsDelta.State.REJECTED);
        assertThat(delta.entries()).hasSize(1);
        assertThat(delta.entries().get(0).pointer()).isEqualTo("/maxSpeed");
        assertThat(delta.entries().get(0).error()).contains("must be at most 1");
        assertThat(delta.entries().get(0).since()).isPresent();
        assertThat(fleet.settings().desiredHistory(id))
                .extracting(received -> received.value().revision())
                .containsExactly(2L, 1L);
    }

    @Test
    void revisionsGoOnFromWhatTheRobotHasApplied() {
        robot.reports(new ReportedSettings(7, JsonObject.empty(), Map.of()));

        DesiredSettings first =
                fleet.settings().replace(robot.id(), JsonObject.of("volume", 1), SettingsGuard.revision(0), "anna");

        assertThat(first.revision()).isEqualTo(8);
    }

    @Test
    void concurrentPatchesAllApply() {
        IntStream.range(0, 8)
                .parallel()
                .forEach(n -> fleet.settings()
                        .patch(robot.id(), JsonObject.of("key" + n, n), SettingsGuard.any(), "worker " + n));
        assertThat(fleet.settings().desired(robot.id()).settings().asMap()).hasSize(8);
        assertThat(fleet.settings().desired(robot.id()).revision()).isEqualTo(8);
    }

    @Test
    void aCommandLivesFromRequestToResult() throws Exception {
        robot.hears(FleetSubjects.command(robot.id()), command -> {
            robot.answers(command.commandId(), CommandAck.of(CommandState.ACCEPTED));
            robot.answers(command.commandId(), CommandAck.progress(50).withMessage("half way"));
            robot.answers(
                    command.commandId(),
                    CommandAck.of(CommandState.COMPLETED).withResult(JsonObject.of("distance", 3)));
        });

        CommandHandle handle = fleet.commands()
                .send(
                        robot.id(),
                        CommandRequest.of("move_to", JsonObject.of("x", 1, "y", 2))
                                .requestedBy("anna"));
        CommandExecution end = handle.await(SOON);

        assertThat(end.state()).isEqualTo(CommandState.COMPLETED);
        assertThat(end.result()).contains(JsonObject.of("distance", 3));
        assertThat(end.steps())
                .extracting(CommandExecution.Step::state)
                .containsExactly(
                        CommandState.REQUESTED, CommandState.ACCEPTED, CommandState.RUNNING, CommandState.COMPLETED);
        try (NatsFleet other = NatsFleet.connect(options())) {
            assertThat(other.commands()
                            .find(robot.id(), handle.commandId())
                            .orElseThrow()
                            .state())
                    .isEqualTo(CommandState.COMPLETED);
        }
    }

    @Test
    void silencePastTheDeadlineIsExpiredOrTimeout() {
        CommandHandle unanswered =
                fleet.commands().send(robot.id(), CommandRequest.of("a").withTimeToLive(Duration.ofSeconds(1)));
        CommandHandle accepted =
                fleet.commands().send(robot.id(), CommandRequest.of("b").withTimeToLive(Duration.ofSeconds(1)));
        robot.answers(accepted.commandId(), CommandAck.of(CommandState.ACCEPTED));

        assertThat(unanswered.await(SOON).state()).isEqualTo(CommandState.EXPIRED);
        assertThat(accepted.await(SOON).state()).isEqualTo(CommandState.TIMEOUT);

        robot.answers(accepted.commandId(), CommandAck.of(CommandState.COMPLETED));
        await().atMost(SOON).until(() -> accepted.execution().state() == CommandState.COMPLETED);
    }

    @Test
    void aTagReachesThoseWhoCarryItAndAllReachesEverybody() throws Exception {
        fleet.robots()
                .update(
                        robot.id(),
                        MetadataUpdate.builder().tags(Set.of("Tür & Tor")).build());
        List<CommandHandle> tagged = fleet.commands().sendToTag("Tür & Tor", CommandRequest.of("wave"));
        assertThat(tagged).extracting(CommandHandle::robotId).containsExactly(robot.id());
        assertThat(fleet.commands().sendToTag("nobody", CommandRequest.of("wave")))
                .isEmpty();

        UUID all = fleet.commands().sendToAll(CommandRequest.of("wave"));
        WireRobot unknown = new WireRobot(options(), "RB-unknown");
        unknown.answers(all, CommandAck.of(CommandState.COMPLETED));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(fleet.commands().executions(all))
                        .extracting(execution -> execution.robotId().value() + " " + execution.state())
                        .contains(robot.id() + " REQUESTED", "RB-unknown COMPLETED"));
        unknown.close();
        try (NatsFleet other = NatsFleet.connect(options())) {
            assertThat(other.commands().executions(all))
                    .extracting(execution -> execution.robotId().value())
                    .containsExactly("RB-unknown");
        }
    }

    @Test
    void anEndedCommandCannotBeCancelledAndAnEmergencyStopIsNoCommand() {
        CommandHandle handle = fleet.commands().send(robot.id(), CommandRequest.of("wave"));
        robot.answers(handle.commandId(), CommandAck.of(CommandState.REJECTED).withMessage("no arms"));
        assertThat(handle.await(SOON).message()).contains("no arms");
        assertThatThrownBy(handle::cancel).isInstanceOf(ConflictException.class).hasMessageContaining("REJECTED");
        assertThatThrownBy(() -> fleet.commands().send(robot.id(), CommandRequest.of(CommandTypes.EMERGENCY_STOP)))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void anEmergencyStopIsHeardAtOnceAndStaysUntilReleased() throws Exception {
        ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
        robot.hears(
                FleetSubjects.emergencyStop(robot.id()),
                command -> heard.add(command.type() + " "
                        + command.payload().integer("revision").orElseThrow()));

        fleet.emergencyStop().stop(robot.id(), "smoke", "anna");

        await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsExactly("emergency_stop 1"));
        try (NatsFleet other = NatsFleet.connect(options())) {
            assertThat(other.emergencyStop().isStopped(robot.id())).isTrue();
            assertThat(other.emergencyStop().latch(robot.id()).reason()).isEqualTo("smoke");
            assertThat(other.emergencyStop().latches()).containsKey(robot.id());
        }
        fleet.emergencyStop().stopAll("fire", "anna");
        fleet.emergencyStop().release(robot.id(), "checked", "anna");
        assertThat(fleet.emergencyStop().isStopped(robot.id())).isTrue();
        fleet.emergencyStop().releaseAll("over", "anna");
        assertThat(fleet.emergencyStop().isStopped(robot.id())).isFalse();
    }

    @Test
    void unreadableMessagesAreQuarantinedOnceAndStopNobody() throws Exception {
        ConcurrentLinkedQueue<TelemetryReading> seen = new ConcurrentLinkedQueue<>();
        String subject = FleetSubjects.telemetry(robot.id(), TelemetryChannel.WHOLE);
        long before = fleet.quarantine().counts().getOrDefault(Malformation.NOT_JSON, 0L);
        try (NatsFleet other = NatsFleet.connect(options());
                Subscription one = fleet.telemetry()
                        .subscribe(TelemetryFilter.of(robot.id()), Overflow.dropOldest(10), seen::add);
                Subscription two = other.telemetry()
                        .subscribe(TelemetryFilter.of(robot.id()), Overflow.dropOldest(10), seen::add)) {
            robot.says(subject, "nonsense".getBytes(UTF_8));
            robot.measures(JsonObject.of("battery", 5));
            await().atMost(SOON).until(() -> seen.size() == 2);
            await().atMost(SOON)
                    .untilAsserted(() ->
                            assertThat(fleet.quarantine().counts()).containsEntry(Malformation.NOT_JSON, before + 1));
            assertThat(fleet.quarantine().newest(100)).anySatisfy(message -> {
                assertThat(message.subject()).isEqualTo(subject);
                assertThat(new String(message.body(), UTF_8)).isEqualTo("nonsense");
                assertThat(message.detail()).isNotBlank();
            });
        }
    }

    @Test
    void nothingListeningIsSaidInOneSentence() {
        assertThatThrownBy(() -> NatsFleet.connect(NatsOptions.of("nats://127.0.0.1:1")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("nats://127.0.0.1:1");
    }

    private static NatsOptions options() {
        return NatsOptions.of(fleets.server().url());
    }

    private void awaitPresence(Presence presence) {
        await().atMost(SOON)
                .until(
                        () -> fleet.robots().find(robot.id()).map(Robot::presence),
                        p -> p.filter(presence::equals).isPresent());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
