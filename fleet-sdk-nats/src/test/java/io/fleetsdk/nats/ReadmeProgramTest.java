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
import java.util.regex.Pattern;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of the README are compiled and run as they stand there. */
class ReadmeProgramTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final String CLASS_PATH = System.getProperty("java.class.path");

    @TempDir
    private Path directory;

    @Test
    void theFirstProgramCompilesAndDoesWhatItSays() throws Exception {
        compile("FirstFlight");

        try (TestBroker broker = new TestBroker();
                WireRobot robot = new WireRobot(broker.options(), "RB-001")) {
            robot.beats(Presence.ONLINE, "1.0", 60);
            robot.hears(
                    FleetSubjects.command(robot.id()),
                    command -> robot.answers(command.commandId(), CommandAck.of(CommandState.COMPLETED)));
            assertThat(run("FirstFlight", broker.server().url())).contains("RB-001 is ONLINE", "calibrate: COMPLETED");
        }
    }

    @Test
    void theJobProgramCompilesAndDoesWhatItSays() throws Exception {
        compile("FirstJob");

        try (TestBroker broker = new TestBroker()) {
            assertThat(run("FirstJob", broker.server().url())).contains(" counts: 1200 m");
        }
    }

    private void compile(String name) throws IOException {
        Path source = Files.writeString(directory.resolve(name + ".java"), program(name));
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(null, null, null, "-Xlint:all", "-Werror", "-cp", CLASS_PATH, source.toString()))
                .isZero();
    }

    private String run(String name, String url) throws IOException, InterruptedException {
        Path output = directory.resolve("output");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process program = new ProcessBuilder(java, "-cp", CLASS_PATH + ":" + directory, name, url)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output, UTF_8);
    }

    private static String program(String name) throws IOException {
        return PROGRAM.matcher(Files.readString(Path.of("../README.md")))
                .results()
                .map(program -> program.group(1))
                .filter(program -> program.contains("public class " + name + " "))
                .findFirst()
                .orElseThrow();
    }
}
