package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "stand-ins for servers are shell scripts")
class BinarySearchTest {

    @TempDir
    Path home;

    @Test
    void theServerNamedInTheEnvironmentComesFirst() throws IOException {
        Path named = FakeServer.write(home.resolve("mine/nats-server"), "2.14.0");
        FakeServer.write(home.resolve("bin/nats-server"), "2.13.0");
        assertThat(search(Map.of("FLEET_NATS_SERVER", named.toString(), "PATH", home + "/bin"))
                        .find())
                .isEqualTo(new NatsBinary(named, new NatsVersion(2, 14, 0)));
    }

    @Test
    void thePathComesBeforeTheCache() throws IOException {
        Path onPath = FakeServer.write(home.resolve("bin/nats-server"), "2.14.1");
        inCache("2.15.1");
        assertThat(search(Map.of("PATH", home + "/none:" + home + "/bin"))
                        .find()
                        .path())
                .isEqualTo(onPath);
    }

    @Test
    void theNewestOfTheCacheIsTaken() throws IOException {
        inCache("2.9.25");
        inCache("2.14.9");
        Path newest = inCache("2.14.10");
        assertThat(search(Map.of()).find().path()).isEqualTo(newest);
    }

    @Test
    void xdgCacheHomeMovesTheCache() throws IOException {
        Path elsewhere = home.resolve("elsewhere");
        Path cached =
                FakeServer.write(elsewhere.resolve("fleet-sdk/nats-server/2.15.1/linux-amd64/nats-server"), "2.15.1");
        assertThat(search(Map.of("XDG_CACHE_HOME", elsewhere.toString())).find().path())
                .isEqualTo(cached);
    }

    @Test
    void aServerOnThePathThatIsTooOldIsPassedOver() throws IOException {
        FakeServer.write(home.resolve("bin/nats-server"), "2.9.10");
        Path cached = inCache("2.15.1");
        assertThat(search(Map.of("PATH", home + "/bin")).find().path()).isEqualTo(cached);
    }

    @Test
    void aServerNamedInTheEnvironmentThatIsTooOldIsAnError() throws IOException {
        Path old = FakeServer.write(home.resolve("old/nats-server"), "2.9.10");
        inCache("2.15.1");
        assertThatThrownBy(search(Map.of("FLEET_NATS_SERVER", old.toString()))::find)
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("FLEET_NATS_SERVER '" + old + "'")
                .hasMessageContaining("is version 2.9.10, which is too old: 2.14.0 or newer is needed");
    }

    @Test
    void aFileNamedInTheEnvironmentThatIsNoServerIsAnError() throws IOException {
        Path plain = Files.writeString(home.resolve("plain"), "no program");
        assertThatThrownBy(search(Map.of("FLEET_NATS_SERVER", plain.toString()))::find)
                .hasMessageContaining(plain + " is not executable");
        FakeServer.executable(Files.writeString(plain, "#!/bin/sh\necho hello\n"));
        assertThatThrownBy(search(Map.of("FLEET_NATS_SERVER", plain.toString()))::find)
                .hasMessageContaining("is no nats-server: it answers --version with \"hello\"");
        assertThatThrownBy(search(Map.of("FLEET_NATS_SERVER", "/none/nats-server"))::find)
                .hasMessageContaining("/none/nats-server is not a file");
    }

    @Test
    void aSearchInVainListsEachPlaceWithItsReasonAndWhatToDo() throws IOException {
        FakeServer.write(home.resolve("bin/nats-server"), "2.9.10");
        assertThatThrownBy(search(Map.of("PATH", home + "/bin"))::find)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("environment variable FLEET_NATS_SERVER: not set")
                .hasMessageContaining("PATH: " + home + "/bin/nats-server is version 2.9.10, which is too old")
                .hasMessageContaining("cache " + home + "/.cache/fleet-sdk/nats-server: is empty")
                .hasMessageContaining("release archive at localhost: localhost cannot be reached")
                .hasMessageContaining("Debian or Ubuntu archive of this machine: there is no apt-get here")
                .hasMessageEndingWith("Install one, or set FLEET_NATS_SERVER to the path of one.");
    }

    /** All places as on a real machine, but for the official host. */
    private BinarySearch search(Map<String, String> environment) {
        BinarySearch real = BinarySearch.on(FakeServer.machine(home, environment));
        ReleaseArchive unreachable =
                new ReleaseArchive(real.cache(), URI.create("http://localhost:1/"), PinnedChecksums.shipped());
        return new BinarySearch(
                real.present(),
                real.cache(),
                List.of(unreachable, real.downloads().get(1)));
    }

    private Path inCache(String version) throws IOException {
        return FakeServer.write(
                home.resolve(".cache/fleet-sdk/nats-server/" + version + "/linux-amd64/nats-server"), version);
    }
}
