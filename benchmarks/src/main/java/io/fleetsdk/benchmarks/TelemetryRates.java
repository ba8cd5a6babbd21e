package io.fleetsdk.benchmarks;

import io.fleetsdk.Fleet;
import io.fleetsdk.nats.EnvelopeCodec;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.telemetry.Overflow;
import io.fleetsdk.telemetry.TelemetryChannel;
import io.fleetsdk.telemetry.TelemetryFilter;
import io.nats.client.Connection;
import io.nats.client.ConsumeOptions;
import io.nats.client.api.DeliverPolicy;
import io.nats.client.api.OrderedConsumerConfiguration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Messages a second into the stream and out of it, the SDK and raw jnats in turn. */
final class TelemetryRates {
    private static final int ROBOTS = 8;
    private static final int HELD = 1_000;
    private static final RobotId RAW_ROBOT = RobotId.of("RAW-1");
    private static final ConsumeOptions PULLING =
            ConsumeOptions.builder().expiresIn(2_000).batchSize(500).build();

    private final Testbed testbed;
    private final Effort effort;
    private final Fleet fleet;
    private final Connection rawReader;
    private final byte[] body = new EnvelopeCodec(new JacksonCodec()).encode(TypicalMessages.telemetry(RAW_ROBOT));

    TelemetryRates(Testbed testbed, Effort effort) throws Exception {
        this.testbed = testbed;
        this.effort = effort;
        this.fleet = testbed.fleet();
        this.rawReader = testbed.raw();
    }

    /** A stretch of work on a number of messages. */
    private interface Work {
        /**
         * @return how long it took, in ns
         */
        long run(int messages) throws Exception;
    }

    /** Subscribes, and reports each message. */
    private interface Reader {
        AutoCloseable read(Arrivals arrivals) throws Exception;
    }

    private record Pair(Work sdk, Work raw) {}

    Section measure() throws Exception {
        Map<String, Pair> kinds = kinds();
        Map<String, Latencies> sdk = new LinkedHashMap<>();
        Map<String, Latencies> raw = new LinkedHashMap<>();
        for (int i = 0; i < effort.warmUps(); i++) {
            turn(kinds, new LinkedHashMap<>(), new LinkedHashMap<>());
        }
        for (int round = 0; round < effort.rounds(); round++) {
            turn(kinds, sdk, raw);
        }
        return section(sdk, raw);
    }

    private Map<String, Pair> kinds() throws Exception {
        Publishers oneLink = Publishers.sdk(testbed, 1, "ONE-");
        Publishers links = Publishers.sdk(testbed, ROBOTS, "MANY-");
        String subject = FleetSubjects.telemetry(RAW_ROBOT, TelemetryChannel.WHOLE);
        Publishers oneRaw = Publishers.raw(testbed, 1, subject, body);
        Publishers raws = Publishers.raw(testbed, ROBOTS, subject, body);

        Map<String, Pair> kinds = new LinkedHashMap<>();
        kinds.put("publish, one robot", new Pair(publishing(oneLink), publishing(oneRaw)));
        kinds.put("publish, " + ROBOTS + " robots", new Pair(publishing(links), publishing(raws)));
        kinds.put("ingest of what is stored", new Pair(draining(raws, this::subscribe), draining(raws, this::consume)));
        kinds.put(
                "publish, " + ROBOTS + " robots, and ingest at once",
                new Pair(both(links, this::subscribe), both(raws, this::consume)));
        return kinds;
    }

    private void turn(Map<String, Pair> kinds, Map<String, Latencies> sdk, Map<String, Latencies> raw)
            throws Exception {
        for (Map.Entry<String, Pair> kind : kinds.entrySet()) {
            Pair pair = kind.getValue();
            latencies(sdk, kind.getKey()).add(pair.sdk().run(effort.messages()));
            latencies(raw, kind.getKey()).add(pair.raw().run(effort.messages()));
        }
    }

    private static Latencies latencies(Map<String, Latencies> byName, String name) {
        return byName.computeIfAbsent(name, key -> new Latencies());
    }

    private static Work publishing(Publishers publishers) {
        return messages -> {
            long begin = System.nanoTime();
            publishers.publish(messages);
            return System.nanoTime() - begin;
        };
    }

    /** The reader is held while the messages are published; its time begins when it is let go. */
    private static Work draining(Publishers publishers, Reader reader) {
        return messages -> {
            Arrivals arrivals = Arrivals.held(messages);
            try (AutoCloseable reading = reader.read(arrivals)) {
                publishers.publish(messages);
                long begin = System.nanoTime();
                arrivals.release();
                arrivals.awaitAll();
                return System.nanoTime() - begin;
            }
        };
    }

    private static Work both(Publishers publishers, Reader reader) {
        return messages -> {
            Arrivals arrivals = Arrivals.free(messages);
            try (AutoCloseable reading = reader.read(arrivals)) {
                long begin = System.nanoTime();
                publishers.publish(messages);
                arrivals.awaitAll();
                return System.nanoTime() - begin;
            }
        };
    }

    private AutoCloseable subscribe(Arrivals arrivals) {
        return fleet.telemetry()
                .subscribe(TelemetryFilter.everything(), Overflow.waitForRoom(HELD), reading -> arrivals.arrived());
    }

    private AutoCloseable consume(Arrivals arrivals) throws Exception {
        return rawReader
                .getStreamContext("ROBOT_TELEMETRY")
                .createOrderedConsumer(new OrderedConsumerConfiguration()
                        .filterSubject(FleetSubjects.allTelemetry())
                        .deliverPolicy(DeliverPolicy.New))
                .consume(PULLING, message -> arrivals.arrived());
    }

    private Section section(Map<String, Latencies> sdk, Map<String, Latencies> raw) {
        Section section = new Section(
                "Telemetry",
                effort.messages() + " whole samples of " + body.length + " bytes in each of " + effort.rounds()
                        + " turns after " + effort.warmUps() + " to warm up; the median turn. Each robot has at most "
                        + Publishers.UNCONFIRMED
                        + " messages unconfirmed, the raw ones too. Ingest is `TelemetryClient.subscribe` with every"
                        + " message read and checked, beside an ordered consumer that looks at none.",
                "what",
                "SDK messages/s",
                "raw messages/s",
                "SDK / raw");
        sdk.forEach((kind, latencies) -> {
            double ours = rate(latencies);
            double theirs = rate(latencies(raw, kind));
            section.row(kind, Section.number(ours), Section.number(theirs), Section.times(ours, theirs));
        });
        return section;
    }

    private double rate(Latencies latencies) {
        return effort.messages() * 1e9 / latencies.median();
    }
}
