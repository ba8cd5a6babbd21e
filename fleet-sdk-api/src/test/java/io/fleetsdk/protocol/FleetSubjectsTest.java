package io.fleetsdk.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FleetSubjectsTest {
    @Property
    void everySubjectIsReadBackAsItsAddress(@ForAll("tokens") String token, @ForAll("tokens") String channel) {
        RobotId robot = RobotId.of(token);

        assertThat(subjectsOf(robot, new TelemetryChannel(channel)).map(FleetSubjects::address))
                .containsOnly(token);
        assertThat(FleetSubjects.address(FleetSubjects.commandToZone(token))).isEqualTo(token);
    }

    @Property
    void theChannelIsReadBack(@ForAll("tokens") String token, @ForAll("tokens") String name) {
        TelemetryChannel channel = new TelemetryChannel(name);

        assertThat(FleetSubjects.channel(FleetSubjects.telemetry(RobotId.of(token), channel)))
                .isEqualTo(channel);
    }

    @Example
    void broadcastsAreAddressedToAll() {
        assertThat(FleetSubjects.address(FleetSubjects.commandToAll())).isEqualTo("all");
        assertThat(FleetSubjects.address(FleetSubjects.emergencyStopOfAll())).isEqualTo("all");
    }

    /** What is read is one of the subjects that are written, letter by letter: nothing can be smuggled past the grammar. */
    @Property(tries = 20_000)
    void whatIsReadIsASubjectThatIsWritten(@ForAll("subjects") String subject) {
        address(subject)
                .ifPresent(address -> assertThat(written(address, subject)).contains(subject));
    }

    @Example
    void hostileSubjectsAreRefused() {
        Stream.of(
                        "",
                        ".",
                        "robots",
                        "robots.identity",
                        "robots.identity.",
                        "robots.identity.*",
                        "robots.identity.>",
                        "robots.identity.RB 1",
                        "robots.identity.RB-1.x",
                        "robots.identity.all",
                        "robots.telemetry.RB-1.",
                        "robots.telemetry.RB-1.*",
                        "robots.telemetry.RB-1.a.b",
                        "robots.settings.RB-1",
                        "robots.settings.wished.RB-1",
                        "robots.settings.desired.all",
                        "robots.cmd.ack",
                        "robots.cmd.ack.all",
                        "robots.cmd.tag.blue",
                        "robots.cmd.other.RB-1",
                        "robots.cmd.zone.a b",
                        "robots.estop.zone",
                        "robots.dance.RB-1",
                        "Robots.identity.RB-1",
                        "x.robots.identity.RB-1",
                        "$KV.ROBOT_STATE.RB-1")
                .forEach(subject -> assertThatThrownBy(() -> FleetSubjects.address(subject))
                        .as(subject)
                        .isInstanceOf(InvalidInputException.class));
        assertThatThrownBy(() -> FleetSubjects.commandToZone("a.b")).isInstanceOf(InvalidInputException.class);
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.strings().withChars("aZ09_-").ofMaxLength(63).map(rest -> "R" + rest);
    }

    @Provide
    Arbitrary<String> subjects() {
        Arbitrary<String> words = Arbitraries.of(
                "identity", "capability", "status", "telemetry", "settings", "cmd", "estop", "dance", "");
        Arbitrary<String> tokens = Arbitraries.of(
                "ack", "zone", "tag", "all", "desired", "reported", "RB-1", "position", "", "*", ">", "a b", "ä", "-");
        return Arbitraries.oneOf(
                words.flatMap(word -> tokens.map(last -> "robots." + word + "." + last)),
                words.flatMap(word ->
                        tokens.flatMap(middle -> tokens.map(last -> "robots." + word + "." + middle + "." + last))),
                tokens.list().ofMaxSize(6).map(list -> "robots." + String.join(".", list)));
    }

    private static Stream<String> subjectsOf(RobotId robot, TelemetryChannel channel) {
        return Stream.of(
                FleetSubjects.identity(robot),
                FleetSubjects.capability(robot),
                FleetSubjects.status(robot),
                FleetSubjects.telemetry(robot, TelemetryChannel.WHOLE),
                FleetSubjects.telemetry(robot, channel),
                FleetSubjects.settingsDesired(robot),
                FleetSubjects.settingsReported(robot),
                FleetSubjects.command(robot),
                FleetSubjects.commandAck(robot),
                FleetSubjects.emergencyStop(robot));
    }

    private static Stream<String> written(String address, String subject) {
        if (address.equals("all")) {
            return Stream.of(
                    FleetSubjects.commandToAll(),
                    FleetSubjects.emergencyStopOfAll(),
                    FleetSubjects.commandToZone(address));
        }
        Stream<String> zone = Stream.of(FleetSubjects.commandToZone(address));
        boolean isZone = subject.startsWith("robots.cmd.zone.");
        return isZone ? zone : subjectsOf(RobotId.of(address), FleetSubjects.channel(subject));
    }

    private static Optional<String> address(String subject) {
        try {
            return Optional.of(FleetSubjects.address(subject));
        } catch (InvalidInputException e) {
            return Optional.empty();
        }
    }
}
