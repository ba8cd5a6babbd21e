package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AptSourcesTest {

    private static final String DEBIAN_RELEASE = "PRETTY_NAME=\"Debian\"\nID=debian\nVERSION_CODENAME=bookworm\n";

    @TempDir
    Path etc;

    @Test
    void aStanzaOfDebianIsTurnedToItsNewestSuiteAndKeepsMirrorAndKeyring() throws Exception {
        write("os-release", DEBIAN_RELEASE);
        write("apt/sources.list.d/debian.sources", """
                Types: deb deb-src
                # a comment
                URIs: http://mirror.example/debian
                Suites: bookworm bookworm-updates
                Components: main contrib
                Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

                Types: deb
                URIs: http://mirror.example/debian-security
                Suites: bookworm-security
                Components: main
                """);
        assertThat(newestSuite().lines())
                .containsExactlyInAnyOrder(
                        "Types: deb",
                        "URIs: http://mirror.example/debian",
                        "Suites: sid",
                        "Components: main",
                        "Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg",
                        "Architectures: amd64",
                        "Targets: Packages");
    }

    @Test
    void aLineOfUbuntuIsTurnedToItsDevelopmentSuiteWithUniverse() throws Exception {
        write("os-release", "ID=ubuntu\nVERSION_CODENAME=noble\n");
        write("apt/sources.list", """
                # deb http://old.example/ubuntu noble main
                deb-src http://mirror.example/ubuntu noble main
                deb http://mirror.example/ubuntu noble-security main restricted
                deb [arch=amd64 signed-by=/keys/a.gpg,/keys/b.gpg] http://mirror.example/ubuntu/ noble main restricted # x
                """);
        assertThat(newestSuite().lines())
                .containsExactlyInAnyOrder(
                        "Types: deb",
                        "URIs: http://mirror.example/ubuntu/",
                        "Suites: devel",
                        "Components: main universe",
                        "Signed-By: /keys/a.gpg /keys/b.gpg",
                        "Architectures: amd64",
                        "Targets: Packages");
    }

    @Test
    void sourcesOfOthersAndThoseSwitchedOffAreNotMistakenForTheDistribution() throws Exception {
        write("os-release", DEBIAN_RELEASE);
        write("apt/sources.list", "deb http://a-vendor.example/apt bookworm main\n");
        write(
                "apt/sources.list.d/a.sources",
                "Enabled: no\nTypes: deb\nURIs: http://off.example/debian\n" + "Suites: bookworm\nComponents: main\n");
        write("apt/sources.list.d/b.list", "deb http://right.example/debian bookworm main\n");
        write("apt/sources.list.d/c.list.disabled", "deb http://backup.example/debian bookworm main\n");
        assertThat(newestSuite()).contains("URIs: http://right.example/debian\n");
    }

    @Test
    void aMachineThatFollowsUnstableNamesThatInItsSources() throws Exception {
        write("os-release", DEBIAN_RELEASE.replace("bookworm", "forky"));
        write("apt/sources.list", "deb http://mirror.example/debian unstable main\n");
        assertThat(newestSuite()).contains("Suites: sid\n");
    }

    @Test
    void aKeyWithinAStanzaIsKeptWhole() {
        String key = "Signed-By:\n -----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n -----END PGP PUBLIC KEY BLOCK-----";
        assertThat(AptSources.deb822("Types: deb\n" + key + "\nSuites: sid\n"))
                .containsExactly(Map.of(
                        "Types",
                        "deb",
                        "Signed-By",
                        "-----BEGIN PGP PUBLIC KEY BLOCK-----\n .\n abc\n -----END PGP PUBLIC KEY BLOCK-----",
                        "Suites",
                        "sid"));
    }

    @Test
    void aMachineWithoutASourceOfItsDistributionIsSaidToBe() throws IOException {
        write("os-release", DEBIAN_RELEASE);
        Files.createDirectories(etc.resolve("apt"));
        assertThatThrownBy(this::newestSuite)
                .hasMessage("no source in " + etc.resolve("apt") + " has the component main of the suite bookworm");
    }

    private String newestSuite() throws Exception {
        BinaryCache cache = BinaryCache.of(FakeServer.machine(etc, Map.of()));
        return new DebianArchive(cache, etc, DebianArchive.ofThisMachine(cache).suites()).newestSuite();
    }

    private void write(String file, String text) throws IOException {
        Path target = etc.resolve(file);
        Files.createDirectories(target.getParent());
        Files.writeString(target, text);
    }
}
