package io.fleetsdk.benchmarks;

import io.fleetsdk.Fleet;
import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.envelope.MessageType;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.nats.EnvelopeCodec;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsRobotLink;
import io.fleetsdk.protocol.FleetSubjects;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.RobotChange;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.nats.client.JetStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** How long it takes to be there: the topology, a connection, the copy of the registry, a robot's presence. */
final class StartTimes {
    private static final int ROBOTS = 100;
    private static final double HEARTBEAT_SECONDS = 0.5;
    private static final long PATIENCE_NANOS = (long) (2 * HEARTBEAT_SECONDS * 1e9);

    private final Effort effort;
    private final Map<String, Latencies> taken = new LinkedHashMap<>();

    StartTimes(Effort effort) {
        this.effort = effort;
    }

    /** Something to time. */
    private interface Step<T> {
        T run() throws Exception;
    }

    Section measure() throws Exception {
        round();
        taken.clear();
        for (int round = 0; round < effort.rounds(); round++) {
            round();
        }
        Section section = new Section(
                "Starting and noticing",
                "The median of " + effort.rounds() + " rounds, each with a broker of its own, after one to warm up.",
                "what",
                "ms");
        taken.forEach((what, latencies) -> section.row(what, Section.millis(latencies.median())));
        return section;
    }

    private void round() throws Exception {
        try (Testbed testbed = new Testbed(Sync.DEFAULT)) {
            timed("apply the topology to an empty broker", () -> NatsFleet.applyTopology(testbed.options()));
            timed("apply the topology where all of it is there", () -> NatsFleet.applyTopology(testbed.options()));
            announce(testbed);
            Fleet fleet = timed("`NatsFleet.connect`", testbed::fleet);
            timed(
                    "the first `robots().list()`, " + ROBOTS + " robots",
                    () -> fleet.robots().list());
            presence(fleet, timed("a robot's link until it is connected", () -> testbed.link("PRESENT-1")));
        }
    }

    private <T> T timed(String what, Step<T> step) throws Exception {
        long begin = System.nanoTime();
        T result = step.run();
        record(what, System.nanoTime() - begin);
        return result;
    }

    private void record(String what, long nanos) {
        taken.computeIfAbsent(what, key -> new Latencies()).add(nanos);
    }

    private void presence(Fleet fleet, NatsRobotLink link) throws Exception {
        BlockingQueue<Presence> changes = new LinkedBlockingQueue<>();
        try (AutoCloseable watching = fleet.robots().watch(change -> {
            if (change.kind() == RobotChange.Kind.PRESENCE
                    && change.robot().id().equals(link.robotId())) {
                changes.add(change.robot().presence());
            }
        })) {
            long begin = System.nanoTime();
            link.publishStatus(TypicalMessages.status(link.robotId(), HEARTBEAT_SECONDS))
                    .get(Testbed.PATIENCE_SECONDS, TimeUnit.SECONDS);
            record("first heartbeat until the robot is seen ONLINE", awaited(changes, Presence.ONLINE) - begin);
            record(
                    "silence of twice the heartbeat interval until CONNECTION_BROKEN is seen, beyond that silence",
                    awaited(changes, Presence.CONNECTION_BROKEN) - begin - PATIENCE_NANOS);
        }
    }

    private static long awaited(BlockingQueue<Presence> changes, Presence expected) throws InterruptedException {
        Presence seen = null;
        while (seen != expected) {
            seen = Objects.requireNonNull(
                    changes.poll(Testbed.PATIENCE_SECONDS, TimeUnit.SECONDS), () -> expected + " was never seen");
        }
        return System.nanoTime();
    }

    private static void announce(Testbed testbed) throws Exception {
        EnvelopeCodec codec = new EnvelopeCodec(new JacksonCodec());
        JetStream jetStream = testbed.raw().jetStream();
        for (int i = 0; i < ROBOTS; i++) {
            RobotId robot = RobotId.of("RB-" + i);
            Envelope<RobotIdentity> identity = Envelope.of(
                    MessageType.IDENTITY,
                    robot.value(),
                    Instant.now(),
                    new RobotIdentity("Carrier", "Example", "1.0", Optional.empty(), JsonObject.empty()));
            jetStream.publish(FleetSubjects.identity(robot), codec.encode(identity));
            jetStream.publish(
                    FleetSubjects.status(robot),
                    codec.encode(Envelope.of(
                            MessageType.STATUS, robot.value(), Instant.now(), TypicalMessages.status(robot, 60))));
        }
    }
}
