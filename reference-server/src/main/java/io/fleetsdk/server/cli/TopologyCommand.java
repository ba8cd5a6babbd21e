package io.fleetsdk.server.cli;

import io.fleetsdk.nats.FleetTopology;
import io.fleetsdk.nats.NatsCredentials;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.nats.TopologyPlan;
import io.fleetsdk.nats.TopologyPlan.Item;
import io.fleetsdk.nats.TopologyPlan.Standing;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a broker should hold, compares, and creates what is missing. */
@Command(
        name = "topology",
        mixinStandardHelpOptions = true,
        description =
                "Streams, buckets and object stores: what is declared, what a broker has, and creating what is missing.")
final class TopologyCommand {
    private static final long GIB = 1L << 30;
    private static final long MIB = 1L << 20;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** Which variant of the topology. */
    static final class Variant {
        @Option(
                names = "--replicas",
                defaultValue = "1",
                description = "Copies of everything: 1, 3 or 5. Default: ${DEFAULT-VALUE}")
        private int replicas;

        @Option(
                names = "--storage",
                paramLabel = "GIB",
                description = "Shrinks the byte limits to this sum. Default: the protocol's, some 130 GiB")
        private Optional<Long> gibibytes = Optional.empty();

        FleetTopology topology() {
            FleetTopology topology = FleetTopology.defaults().withReplicas(replicas);
            return gibibytes.map(gib -> topology.withByteBudget(gib * GIB)).orElse(topology);
        }
    }

    /** Which broker. */
    static final class Broker {
        @Option(names = "--nats", required = true, paramLabel = "URL", description = "Such as nats://127.0.0.1:4222")
        private String url = "";

        @Option(names = "--credentials", paramLabel = "FILE", description = "A .creds file")
        private Optional<Path> credentials = Optional.empty();

        NatsOptions options(FleetTopology topology) {
            return NatsOptions.builder()
                    .server(url)
                    .name("fleet-topology")
                    .credentials(credentials.map(NatsCredentials::file).orElse(NatsCredentials.none()))
                    .topology(topology)
                    .build();
        }
    }

    @Command(description = "Prints what is declared; needs no broker.", mixinStandardHelpOptions = true)
    int show(@Mixin Variant variant) {
        FleetTopology topology = variant.topology();
        PrintWriter out = spec.commandLine().getOut();
        topology.streams().values().stream()
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .forEach(stream -> out.printf(
                        "stream  %-16s %-50s %s, %s, age %s, %s%n",
                        stream.name(),
                        String.join(" ", stream.subjects()),
                        words(stream.retention()),
                        words(stream.storage()),
                        stream.maxAge().isZero() ? "unlimited" : stream.maxAge(),
                        size(stream.maxBytes())));
        topology.buckets().values().stream()
                .sorted((left, right) -> left.name().compareTo(right.name()))
                .forEach(bucket -> out.printf(
                        "bucket  %-16s history %d, time to live %s, %s%n",
                        bucket.name(),
                        bucket.history(),
                        bucket.timeToLive().isZero() ? "unlimited" : bucket.timeToLive(),
                        size(bucket.maxBytes())));
        topology.objectStores()
                .forEach(store -> out.printf("objects %-16s %s%n", store.name(), size(store.maxBytes())));
        return 0;
    }

    @Command(
            description = "Compares with a broker and changes nothing. Exit code 1 if something is missing or differs.",
            mixinStandardHelpOptions = true)
    int plan(@Mixin Broker broker, @Mixin Variant variant) {
        return print(NatsFleet.planTopology(broker.options(variant.topology())));
    }

    @Command(
            description =
                    "Creates what is missing. Leaves alone what is there, deletes nothing. Exit code 1 if something differs.",
            mixinStandardHelpOptions = true)
    int apply(@Mixin Broker broker, @Mixin Variant variant) {
        return print(NatsFleet.applyTopology(broker.options(variant.topology())));
    }

    private int print(TopologyPlan plan) {
        PrintWriter out = spec.commandLine().getOut();
        for (Item item : plan.items()) {
            out.printf("%-8s %-12s %s%n", words(item.standing()), words(item.kind()), item.name());
            item.differences()
                    .forEach(difference -> out.printf(
                            "           %s: declared %s, broker has %s%n",
                            difference.field(), difference.declared(), difference.actual()));
        }
        out.printf(
                "%d match, %d created, %d missing, %d differ%n",
                plan.with(Standing.MATCHES).size(),
                plan.with(Standing.CREATED).size(),
                plan.with(Standing.MISSING).size(),
                plan.with(Standing.DIFFERS).size());
        out.flush();
        return plan.isSatisfied() ? 0 : FleetMain.FAILED;
    }

    private static String words(Enum<?> constant) {
        return constant.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    }

    private static String size(long bytes) {
        if (bytes == 0) {
            return "no limit";
        }
        return bytes >= GIB ? bytes / GIB + " GiB" : bytes / MIB + " MiB";
    }
}
