package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fleetsdk.Fault;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.robot.CommandCapability;
import io.fleetsdk.robot.RobotId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RobotConfigTest {
    private static final JacksonCodec JSON = new JacksonCodec();

    @Test
    void aWholeConfigIsRead() {
        RobotConfig config = RobotConfig.from(json(LiveAgent.CONFIG));

        assertThat(config.robotId()).isEqualTo(RobotId.of("RB-1"));
        assertThat(config.zoneId()).contains("hall-2");
        assertThat(config.identity().model()).isEqualTo("Carrier");
        assertThat(config.identity()
                        .hardware()
                        .object("dimensions")
                        .orElseThrow()
                        .number("mass"))
                .hasValue(40);
        assertThat(config.capability().firmwareVersion()).isEqualTo("1.2.3");
        assertThat(config.capability().commands())
                .extracting(CommandCapability::type)
                .containsExactly("beep", "crash", "watch", "drive");
        assertThat(config.mode()).isEqualTo(RobotConfig.Mode.MOCK);
        assertThat(config.telemetryPeriod()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.heartbeat()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void realAndMockSayTheSameOnTheWire() {
        RobotConfig mock = RobotConfig.from(json(LiveAgent.CONFIG));
        RobotConfig real = RobotConfig.from(json(LiveAgent.CONFIG.replace("MOCK", "REAL")));

        assertThat(real.mode()).isEqualTo(RobotConfig.Mode.REAL);
        assertThat(real.identity()).isEqualTo(mock.identity());
        assertThat(real.capability()).isEqualTo(mock.capability());
    }

    @Test
    void everyFaultIsNamedAtOnceWithFieldValueAndRule() {
        List<Fault> faults = faults("""
                {
                  "robotId": "all",
                  "colour": "red",
                  "identity": { "model": "", "vendor": 7, "firmware": "1" },
                  "dimensions": { "mass": -1 },
                  "motors": [{ "name": "left" }, { "name": "left", "maxSpeed": "fast" }, 5],
                  "io": { "name": "bumper" },
                  "capabilities": {
                    "commands": [{ "type": "cancel" }, { "type": "drive", "cancellable": "yes", "parameters": [] }],
                    "sensors": "lidar",
                    "channels": [{ "name": "sample" }]
                  },
                  "runtime": { "mode": "FAKE", "telemetryHz": 1000 }
                }
                """);

        assertThat(faults)
                .extracting(Fault::field)
                .containsExactlyInAnyOrder(
                        "robotId",
                        "colour",
                        "identity.model",
                        "identity.vendor",
                        "identity.firmwareVersion",
                        "identity.firmware",
                        "dimensions.mass",
                        "motors",
                        "motors[1].maxSpeed",
                        "motors[2]",
                        "motors[2].name",
                        "io",
                        "capabilities.commands[0].type",
                        "capabilities.commands[1].cancellable",
                        "capabilities.commands[1].parameters",
                        "capabilities.sensors",
                        "capabilities.channels[0].name",
                        "runtime.mode",
                        "runtime.telemetryHz");
        assertThat(faults)
                .contains(
                        Fault.of("runtime.mode", "FAKE", "must be one of [REAL, MOCK]"),
                        Fault.of("dimensions.mass", -1, "must be a number of at least 0.0"),
                        Fault.of("motors", "left", "must be named once"));
    }

    @Test
    void anEmptyConfigLacksWhatIsRequiredAndNothingElse() {
        assertThat(faults("{}"))
                .extracting(Fault::field)
                .containsExactlyInAnyOrder(
                        "robotId", "identity.model", "identity.vendor", "identity.firmwareVersion", "runtime.mode");
    }

    /** Whatever member is replaced by whatever value: the config is read, or every fault lies at or below that member. */
    @Property(tries = 2000)
    void aReplacedMemberIsTheOnlyFault(@ForAll("members") List<String> path, @ForAll("values") Object value) {
        JsonObject changed = replaced(json(LiveAgent.CONFIG), path, value);
        String field = String.join(".", path);
        try {
            RobotConfig.from(changed);
        } catch (InvalidInputException e) {
            assertThat(e.faults()).allMatch(fault -> fault.field().startsWith(field), "lies at or below " + field);
        }
    }

    @Property(tries = 300)
    void anUnknownMemberIsAFaultWhereverItStands(@ForAll("sections") List<String> path) {
        List<String> unknown = new ArrayList<>(path);
        unknown.add("unheardOf");
        JsonObject changed = replaced(json(LiveAgent.CONFIG), unknown, 1);

        assertThatThrownBy(() -> RobotConfig.from(changed))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(String.join(".", unknown));
    }

    @Test
    void aMissingFileAndOneThatIsNotJsonAreNamed(@TempDir Path directory) throws IOException {
        Path absent = directory.resolve("absent.json");
        Path broken = Files.writeString(directory.resolve("broken.json"), "{");

        assertThatThrownBy(() -> RobotConfig.read(absent, JSON)).hasMessageContaining("must be an existing file");
        assertThatThrownBy(() -> RobotConfig.read(broken, JSON)).isInstanceOf(InvalidInputException.class);
    }

    @Provide
    Arbitrary<List<String>> sections() {
        return Arbitraries.of(
                List.of(), List.of("identity"), List.of("dimensions"), List.of("capabilities"), List.of("runtime"));
    }

    @Provide
    Arbitrary<List<String>> members() {
        return Arbitraries.of(leaves(json(LiveAgent.CONFIG), List.of()));
    }

    @Provide
    Arbitrary<Object> values() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(300).map(Object.class::cast),
                Arbitraries.doubles().map(Object.class::cast),
                Arbitraries.of(true, false, List.of(), List.of(1, "x"), Map.of(), Map.of("a", 1), -1, 0, 1_000_000));
    }

    private static List<List<String>> leaves(JsonObject object, List<String> path) {
        List<List<String>> leaves = new ArrayList<>();
        Set<String> names = object.asMap().keySet();
        for (String name : names) {
            List<String> deeper = new ArrayList<>(path);
            deeper.add(name);
            leaves.add(deeper);
            if (path.isEmpty()) {
                object.object(name).ifPresent(child -> leaves.addAll(leaves(child, deeper)));
            }
        }
        return leaves;
    }

    private static JsonObject replaced(JsonObject object, List<String> path, Object value) {
        String name = path.get(0);
        if (path.size() == 1) {
            return object.with(name, value);
        }
        JsonObject child = object.object(name).orElse(JsonObject.empty());
        return object.with(name, replaced(child, path.subList(1, path.size()), value));
    }

    private static List<Fault> faults(String text) {
        return catchThrowableOfType(InvalidInputException.class, () -> RobotConfig.from(json(text)))
                .faults();
    }

    private static JsonObject json(String text) {
        return JSON.decode(text.getBytes(StandardCharsets.UTF_8), JsonObject.class);
    }
}
