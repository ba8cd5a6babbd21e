package io.fleetsdk.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What this code needs to know of the machine it runs on.
 *
 * @param system   linux, darwin or windows, as release archives spell it, or the lower-case name of another system
 * @param cpu      amd64 or arm64, as release archives spell it, or the name of another one
 */
record Machine(Map<String, String> environment, Path home, String system, String cpu) {

    static Machine current() {
        return new Machine(
                Map.copyOf(System.getenv()),
                Path.of(System.getProperty("user.home")),
                system(System.getProperty("os.name").toLowerCase(Locale.ROOT)),
                cpu(System.getProperty("os.arch")));
    }

    private static String system(String name) {
        if (name.startsWith("windows")) {
            return "windows";
        }
        return name.startsWith("mac") ? "darwin" : name;
    }

    private static String cpu(String name) {
        return switch (name) {
            case "x86_64" -> "amd64";
            case "aarch64" -> "arm64";
            default -> name;
        };
    }

    /** Such as {@code linux-amd64}. */
    String platform() {
        return system + "-" + cpu;
    }

    boolean isWindows() {
        return system.equals("windows");
    }

    /** The file name of a nats-server here. */
    String binaryName() {
        return isWindows() ? "nats-server.exe" : "nats-server";
    }

    Optional<String> variable(String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    /** The directories of {@code PATH} in their order. */
    Stream<Path> executablePath() {
        return variable("PATH").stream()
                .flatMap(path -> Arrays.stream(path.split(File.pathSeparator)))
                .filter(directory -> !directory.isBlank())
                .map(Path::of);
    }

    Optional<Path> executable(String name) {
        return executablePath()
                .map(directory -> directory.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * The command in a session of its own where this system can: what a terminal or a supervisor sends to the process
     * group of the owner, such as Ctrl-C, then reaches the owner only.
     */
    List<String> detached(String... command) {
        return Stream.concat(executable("setsid").map(Path::toString).stream(), Arrays.stream(command))
                .toList();
    }

    /** Where this system keeps files that can be fetched again. */
    Path cacheDirectory() {
        return switch (system) {
            case "windows" -> variable("LOCALAPPDATA").map(Path::of).orElse(home.resolve("AppData/Local"));
            case "darwin" -> home.resolve("Library/Caches");
            default -> variable("XDG_CACHE_HOME").map(Path::of).orElse(home.resolve(".cache"));
        };
    }
}
