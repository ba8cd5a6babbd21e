package io.fleetsdk.nats;

import io.fleetsdk.FleetException;
import io.fleetsdk.Subscription;
import io.fleetsdk.robot.Presence;
import io.fleetsdk.robot.Robot;
import io.fleetsdk.robot.RobotId;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes care of robots as they appear: records their first sight and asks those to identify themselves whose identity or
 * capability is missing or of other firmware than their heartbeat says.
 */
final class Discovery {
    private static final Logger log = LoggerFactory.getLogger(Discovery.class);
    private static final Duration ROUND = Duration.ofMillis(500);
    private static final IntervalFunction BACK_OFF =
            IntervalFunction.ofExponentialBackoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(5));

    private record Asked(int times, Instant next) {}

    private final JetStreamRobotRegistry registry;
    private final Clock clock;
    private final Map<RobotId, Asked> asked = new HashMap<>();
    private final Set<RobotId> recorded = new HashSet<>();

    private Discovery(JetStreamRobotRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    static Subscription start(JetStreamRobotRegistry registry, ScheduledExecutorService ticker, Clock clock) {
        Discovery discovery = new Discovery(registry, clock);
        ScheduledFuture<?> rounds =
                ticker.scheduleWithFixedDelay(discovery::round, 0, ROUND.toMillis(), TimeUnit.MILLISECONDS);
        return () -> rounds.cancel(false);
    }

    private void round() {
        try {
            registry.list().forEach(this::care);
        } catch (FleetException e) {
            log.warn("Robots could not be taken care of, next round follows: {}", e.getMessage());
        }
    }

    private void care(Robot robot) {
        if (robot.lastSeenAt().isPresent() && recorded.add(robot.id())) {
            registry.recordFirstSeen(robot.id());
        }
        if (robot.presence() != Presence.ONLINE || !isStale(robot)) {
            asked.remove(robot.id());
        } else {
            askWhenDue(robot.id());
        }
    }

    private void askWhenDue(RobotId robot) {
        Asked before = asked.getOrDefault(robot, new Asked(0, Instant.EPOCH));
        Instant now = clock.instant();
        if (!now.isBefore(before.next())) {
            int times = before.times() + 1;
            asked.put(robot, new Asked(times, now.plusMillis(BACK_OFF.apply(times))));
            registry.requestIdentification(robot);
        }
    }

    private static boolean isStale(Robot robot) {
        String running =
                robot.status().map(status -> status.value().firmwareVersion()).orElse("");
        boolean identityFits = robot.identity()
                .filter(identity -> identity.value().firmwareVersion().equals(running))
                .isPresent();
        boolean capabilityFits = robot.capability()
                .filter(capability -> capability.value().firmwareVersion().equals(running))
                .isPresent();
        return !identityFits || !capabilityFits;
    }
}
