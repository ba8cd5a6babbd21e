package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server goes with the JVM of its owner, however that goes. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "without a shell a server outlives a JVM that is killed")
class OwnershipTest {

    @TempDir
    Path temporary;

    private final List<Process> owners = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"kill -9 PID", "kill -9 -PID", "kill -15 -PID", "kill -2 -PID"})
    void aServerAndItsFilesGoWithTheKilledOwner(String kill) throws IOException, InterruptedException {
        Process owner = owner("is killed before it exits");
        ProcessHandle server = serverOf(owner);
        assertThat(temporary).isNotEmptyDirectory();
        String command = kill.replace("PID", Long.toString(owner.pid()));
        assertThat(new ProcessBuilder("sh", "-c", command).inheritIO().start().waitFor())
                .isZero();
        assertNothingIsLeftOf(server);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exits", "halts", "exits without a shell"})
    void aServerAndItsFilesGoWithAnOwnerThatForgetsToCloseIt(String end) throws IOException {
        Process owner = owner(end);
        ProcessHandle server = serverOf(owner);
        owner.getOutputStream().close();
        assertNothingIsLeftOf(server);
    }

    private void assertNothingIsLeftOf(ProcessHandle server) {
        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> {
            assertThat(server.isAlive()).isFalse();
            assertThat(temporary).isEmptyDirectory();
            assertThat(ProcessHandle.allProcesses()
                            .filter(process -> process.info()
                                    .commandLine()
                                    .filter(line -> line.contains(temporary.toString()))
                                    .isPresent())
                            .map(ProcessHandle::pid))
                    .isEmpty();
        });
    }

    /** In a process group of its own, as a job of a terminal is. */
    private Process owner(String end) throws IOException {
        ProcessBuilder jvm = ChildJvm.of(List.of("-Djava.io.tmpdir=" + temporary), Owner.class, end);
        jvm.command().addAll(0, Machine.current().detached());
        Process owner = jvm.start();
        owners.add(owner);
        return owner;
    }

    @AfterEach
    void noOwnerStays() {
        owners.forEach(Process::destroyForcibly);
    }

    private static ProcessHandle serverOf(Process owner) throws IOException {
        BufferedReader output = owner.inputReader();
        return ProcessHandle.of(Long.parseLong(output.readLine())).orElseThrow();
    }

    /** Starts a server, prints its process id, and once told to ends without closing it. */
    static final class Owner {

        private Owner() {}

        public static void main(String[] end) throws IOException {
            NatsServer server = end[0].endsWith("without a shell") ? startWithoutShell() : NatsServer.start();
            System.out.println(server.pid());
            int told = System.in.read();
            if (end[0].equals("halts")) {
                Runtime.getRuntime().halt(told);
            }
            System.exit(told);
        }

        private static NatsServer startWithoutShell() {
            Machine machine = Machine.current();
            String binary = BinarySearch.on(machine).find().path().toString();
            return NatsServer.builder()
                    .start(new Machine(
                            Map.of(EnvironmentVariable.NAME, binary), machine.home(), machine.system(), machine.cpu()));
        }
    }
}
