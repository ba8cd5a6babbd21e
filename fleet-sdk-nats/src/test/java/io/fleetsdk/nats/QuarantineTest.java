package io.fleetsdk.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.Subscription;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.Malformation;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.quarantine.QuarantinedMessage;
import io.fleetsdk.robot.MetadataUpdate;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetryFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One bad message hurts nobody: inputs that nobody here wrote. */
class QuarantineTest {
    private static final Path ADVERSARIAL = Path.of("../../shared/data/adversarial");
    private static final Duration SOON = Duration.ofSeconds(20);

    private TestBroker broker;
    private NatsFleet fleet;
    private WireRobot robot;

    @BeforeEach
    void start() {
        broker = new TestBroker();
        fleet = broker.fleet();
        robot = new WireRobot(broker.options(), "RB-001");
    }

    @AfterEach
    void stop() {
        robot.close();
        fleet.close();
        broker.close();
    }

    @Test
    void noneOfTheTortureFilesIsAMessageAndNoneStopsTheReader() throws Exception {
        List<Path> files = tortureFiles();
        AtomicInteger good = new AtomicInteger();
        try (Subscription live = subscribe(good)) {
            for (Path file : files) {
                robot.says(telemetry(), Files.readAllBytes(file));
                robot.measures(JsonObject.of("battery", 50));
            }
            await().atMost(SOON).until(() -> good.get() == files.size());
            await().atMost(SOON).until(() -> quarantined() == files.size());
        }
        assertThat(files).hasSize(231);
        assertThat(fleet.quarantine().newest(1000)).hasSize(231).allSatisfy(message -> {
            assertThat(message.subject()).isEqualTo(telemetry());
            assertThat(message.reason()).isIn(Malformation.NOT_JSON, Malformation.NOT_AN_ENVELOPE);
        });
    }

    @Test
    void theCodecReadsWhatIsJsonAndRefusesWhatIsNot() throws Exception {
        JacksonCodec json = new JacksonCodec();
        List<String> wrong = new ArrayList<>();
        for (Path file : tortureFiles()) {
            String name = file.getFileName().toString();
            boolean read = isRead(json, Files.readAllBytes(file));
            if (name.startsWith("y_") && !read || name.startsWith("n_") && read) {
                wrong.add(name);
            }
        }
        assertThat(wrong).as("null is JSON, but never a value here").containsExactly("y_structure_lonely_null.json");
    }

    @Test
    void everyReasonHasItsOwnSubjectAndKeepsTheWholeMessage() throws Exception {
        AtomicInteger good = new AtomicInteger();
        byte[] oversized = ("\"" + "x".repeat(Envelope.MAX_BYTES) + "\"").getBytes(UTF_8);
        try (Subscription live = subscribe(good)) {
            robot.says(telemetry(), "{".getBytes(UTF_8));
            robot.says(telemetry(), "{}".getBytes(UTF_8));
            robot.says(telemetry(), envelope("payloadVersion", 2));
            robot.says(telemetry(), envelope("type", "status"));
            robot.says(telemetry(), envelope("robotId", "RB-002"));
            robot.says(telemetry(), envelope("payload", Map.of("battery", "full")));
            robot.says(telemetry(), oversized);
            await().atMost(SOON).until(() -> fleet.quarantine().counts().size() == Malformation.values().length);
        }
        assertThat(fleet.quarantine().counts())
                .allSatisfy((reason, count) -> assertThat(count).isEqualTo(1));
        assertThat(fleet.quarantine().newest(1).get(0).reason()).isEqualTo(Malformation.OVERSIZED);
        assertThat(fleet.quarantine().newest(1).get(0).body()).isEqualTo(oversized);
        assertThat(fleet.quarantine().newest(10))
                .extracting(QuarantinedMessage::detail)
                .anyMatch(detail -> detail.contains("RB-002"));
        assertThat(good).hasValue(0);
    }

    @Test
    void naughtyStringsAreRefusedAsIdsAndKeptAsNamesAndTags() throws Exception {
        int kept = 0;
        for (String naughty : naughtyStrings()) {
            try {
                RobotId.of(naughty);
                assertThat(naughty).matches("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
            } catch (InvalidInputException e) {
                assertThat(e.getMessage()).contains("robotId");
            }
            kept += isKeptAsName(naughty) ? 1 : 0;
        }
        assertThat(kept).isGreaterThan(200);
    }

    private boolean isKeptAsName(String naughty) {
        MetadataUpdate update;
        try {
            update = MetadataUpdate.builder()
                    .displayName(naughty)
                    .tags(Set.of(naughty))
                    .build();
            fleet.robots().update(robot.id(), update);
        } catch (InvalidInputException e) {
            assertThat(e.getMessage()).contains("must be 1 to 256 characters");
            return false;
        }
        try (NatsFleet other = broker.fleet()) {
            assertThat(other.robots().find(robot.id()).orElseThrow().metadata().displayName())
                    .contains(naughty);
            assertThat(other.robots().find(robot.id()).orElseThrow().metadata().tags())
                    .containsExactly(naughty);
        }
        return true;
    }

    private Subscription subscribe(AtomicInteger good) {
        return fleet.telemetry()
                .subscribe(TelemetryFilter.everything(), Overflow.waitForRoom(1000), reading -> good.incrementAndGet());
    }

    private long quarantined() {
        return fleet.quarantine().counts().values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    private String telemetry() {
        return FleetSubjects.telemetry(robot.id(), TelemetryChannel.WHOLE);
    }

    private static byte[] envelope(String member, Object value) {
        JsonObject good = JsonObject.of(Map.of(
                "payloadVersion", 1,
                "messageId", "00000000-0000-0000-0000-000000000001",
                "robotId", "RB-001",
                "sentAt", "2026-01-31T12:00:00Z",
                "type", "telemetry",
                "payload", Map.of("battery", 1)));
        return new JacksonCodec().encode(good.with(member, value));
    }

    private static boolean isRead(JacksonCodec json, byte[] text) {
        try {
            json.decode(text, Object.class);
            return true;
        } catch (FleetException e) {
            return false;
        }
    }

    private static List<Path> tortureFiles() throws IOException {
        Path directory = ADVERSARIAL.resolve("json_parsing");
        assumeTrue(Files.isDirectory(directory), "the torture files are not beside the checkout");
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }

    private static List<String> naughtyStrings() throws IOException {
        Path file = ADVERSARIAL.resolve("blns.json");
        assumeTrue(Files.exists(file), "the naughty strings are not beside the checkout");
        String[] strings = new JacksonCodec().decode(Files.readAllBytes(file), String[].class);
        return List.of(strings);
    }
}
