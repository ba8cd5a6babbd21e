package io.fleetsdk.nats;

import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.Received;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotCapability;
import io.fleetsdk.robot.RobotChange;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.robot.RobotIdentity;
import io.fleetsdk.robot.RobotMetadata;
import io.fleetsdk.robot.RobotStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** What is known of each robot, kept up to date by the registry's readers. One entry per robot, never more. */
final class RobotTable {
    private static final double MISSED_HEARTBEATS = 2;

    private final ConcurrentMap<RobotId, Robot> robots = new ConcurrentHashMap<>();
    private final Consumer<RobotChange> changes;

    RobotTable(Consumer<RobotChange> changes) {
        this.changes = changes;
    }

    List<Robot> all() {
        return robots.values().stream()
                .sorted((left, right) -> left.id().compareTo(right.id()))
                .toList();
    }

    Optional<Robot> find(RobotId robot) {
        return Optional.ofNullable(robots.get(robot));
    }

    void identity(RobotId id, Received<RobotIdentity> identity) {
        change(
                id,
                RobotChange.Kind.IDENTITY,
                robot -> new Robot(
                        id,
                        robot.metadata(),
                        robot.presence(),
                        later(robot.lastSeenAt(), identity.receivedAt()),
                        Optional.of(identity),
                        robot.capability(),
                        robot.status()));
    }

    void capability(RobotId id, Received<RobotCapability> capability) {
        change(
                id,
                RobotChange.Kind.CAPABILITY,
                robot -> new Robot(
                        id,
                        robot.metadata(),
                        robot.presence(),
                        later(robot.lastSeenAt(), capability.receivedAt()),
                        robot.identity(),
                        Optional.of(capability),
                        robot.status()));
    }

    void metadata(RobotId id, RobotMetadata metadata) {
        change(
                id,
                RobotChange.Kind.METADATA,
                robot -> new Robot(
                        id,
                        metadata,
                        robot.presence(),
                        robot.lastSeenAt(),
                        robot.identity(),
                        robot.capability(),
                        robot.status()));
    }

    void status(RobotId id, Received<RobotStatus> status, Instant now) {
        Presence before = find(id).map(Robot::presence).orElse(Presence.OFFLINE);
        Presence presence = presence(status, now);
        change(
                id,
                RobotChange.Kind.STATUS,
                robot -> new Robot(
                        id,
                        robot.metadata(),
                        presence,
                        later(robot.lastSeenAt(), status.receivedAt()),
                        robot.identity(),
                        robot.capability(),
                        Optional.of(status)));
        if (presence != before) {
            announce(RobotChange.Kind.PRESENCE, id);
        }
    }

    /**
     * Marks those whose heartbeats have stopped.
     *
     * @param listeningSince no silence counts from before this moment
     */
    void markSilent(Instant now, Instant listeningSince) {
        robots.forEach((id, robot) -> {
            if (robot.presence() == Presence.ONLINE && robot.status().isPresent()) {
                Received<RobotStatus> status = robot.status().get();
                Instant heard = status.receivedAt().isAfter(listeningSince) ? status.receivedAt() : listeningSince;
                if (heard.plus(patience(status.value())).isBefore(now)) {
                    change(id, RobotChange.Kind.PRESENCE, silent -> withPresence(silent, Presence.CONNECTION_BROKEN));
                }
            }
        });
    }

    private static Presence presence(Received<RobotStatus> status, Instant now) {
        Presence said = status.value().presence();
        boolean stale = status.receivedAt().plus(patience(status.value())).isBefore(now);
        return said == Presence.ONLINE && stale ? Presence.CONNECTION_BROKEN : said;
    }

    private static Duration patience(RobotStatus status) {
        return Duration.ofMillis((long) (status.heartbeatSeconds() * MISSED_HEARTBEATS * 1000));
    }

    private static Robot withPresence(Robot robot, Presence presence) {
        return new Robot(
                robot.id(),
                robot.metadata(),
                presence,
                robot.lastSeenAt(),
                robot.identity(),
                robot.capability(),
                robot.status());
    }

    private void change(RobotId id, RobotChange.Kind kind, UnaryOperator<Robot> change) {
        Robot after = robots.compute(id, (key, robot) -> change.apply(robot == null ? unknown(id) : robot));
        changes.accept(new RobotChange(kind, after));
    }

    private void announce(RobotChange.Kind kind, RobotId id) {
        find(id).ifPresent(robot -> changes.accept(new RobotChange(kind, robot)));
    }

    private static Robot unknown(RobotId id) {
        return new Robot(
                id,
                RobotMetadata.none(),
                Presence.OFFLINE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static Optional<Instant> later(Optional<Instant> known, Instant other) {
        return known.filter(other::isBefore).or(() -> Optional.of(other));
    }
}
