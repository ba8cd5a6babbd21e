package io.fleetsdk.benchmarks;

import io.nats.client.Nats;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Stream;

/** Where and when the numbers were taken, without which they say nothing. */
final class Surroundings {
    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Surroundings() {}

    static Section section(Clock clock, String natsServer) throws IOException {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        Section section = new Section(
                "Surroundings",
                "The broker, the backend's side and the robots' side share this machine. A load average above 1 before the"
                        + " start means that others used it too, and the numbers are worth less.",
                "what",
                "which");
        section.row("taken at", clock.instant().truncatedTo(ChronoUnit.MINUTES).toString());
        section.row("processor", processor() + ", " + system.getAvailableProcessors() + " cores");
        section.row("system", system.getName() + " " + system.getVersion() + " " + system.getArch());
        section.row("load average before", String.format(Locale.ROOT, "%.2f", system.getSystemLoadAverage()));
        section.row(
                "Java",
                System.getProperty("java.vm.name") + " " + Runtime.version() + ", heap up to "
                        + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
        section.row(
                "nats-server",
                natsServer + ", file storage, one replica, default sync interval where a table says no other");
        section.row("jnats", Nats.CLIENT_VERSION);
        return section;
    }

    private static String processor() throws IOException {
        if (!Files.isReadable(CPU)) {
            return "unknown";
        }
        try (Stream<String> lines = Files.lines(CPU)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
    }
}
