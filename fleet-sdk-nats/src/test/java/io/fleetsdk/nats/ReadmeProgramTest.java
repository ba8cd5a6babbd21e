package io.fleetsdk.nats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.Presence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program that opens the README is compiled and run as it stands there. */
class ReadmeProgramTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path directory;

    @Test
    void theFirstProgramCompilesAndDoesWhatItSays() throws Exception {
        Path source = Files.writeString(directory.resolve("FirstFlight.java"), program());
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-Xlint:all", "-Werror", "-cp", CLASS_PATH, source.toString()))
                .isZero();

        try (TestBroker broker = new TestBroker();
                WireRobot robot = new WireRobot(broker.options(), "RB-001")) {
            robot.beats(Presence.ONLINE, "1.0", 60);
            robot.hears(
                    FleetSubjects.command(robot.id()),
                    command -> robot.answers(command.commandId(), CommandAck.of(CommandState.COMPLETED)));
            assertThat(run(broker.server().url())).contains("RB-001 is ONLINE", "calibrate: COMPLETED");
        }
    }

    private String run(String url) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process program = new ProcessBuilder(java, "-cp", CLASS_PATH + ":" + directory, "FirstFlight", url)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, UTF_8);
    }

    private static String program() throws IOException {
        Matcher matcher = PROGRAM.matcher(Files.readString(Path.of("../README.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
