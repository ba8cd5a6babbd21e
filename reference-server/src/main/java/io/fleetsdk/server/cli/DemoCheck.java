package io.fleetsdk.server.cli;

import io.fleetsdk.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Looks at a running demo the way its user would and names what is not as it should be. */
final class DemoCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int TELEMETRY_SECONDS = 5;
    private static final int LEAST_SAMPLES = 5 * TELEMETRY_SECONDS;
    private static final double LEAST_MOVE_METRES = 0.05;

    private final ServerClient server;
    private final DemoPlan plan;
    private final Clock clock;
    private final Look look;
    private final List<String> failures = new ArrayList<>();

    DemoCheck(ServerClient server, DemoPlan plan, Clock clock, Look look) {
        this.server = server;
        this.plan = plan;
        this.clock = clock;
        this.look = look;
    }

    /** What failed; empty when all is well. */
    List<String> run() {
        expect(plan.robots() + " robots are online and have said who they are", () -> online() == plan.robots());
        for (int number = 1; number <= plan.robots(); number++) {
            String id = DemoPlan.robotId(number);
            expect(id + " sends telemetry at 5 Hz or more", () -> recentSamples(id) >= LEAST_SAMPLES);
        }
        checkReplays();
        if (plan.simulatedRobots() > 0) {
            checkObedience(DemoPlan.robotId(1));
        }
        expect(
                "a job has compressed a robot's log, and the log comes out of it again",
                () -> new CompressedLogCheck(server, plan.recordedLogs()).holds());
        expect("the object store is there", () -> {
            // Refused by a server without one.
            server.list("datasets");
            return true;
        });
        return List.copyOf(failures);
    }

    private void checkReplays() {
        for (int number = plan.simulatedRobots() + 1; number <= plan.robots(); number++) {
            String id = DemoPlan.robotId(number);
            expect(id + " has moved along its recording", () -> extent(id) > LEAST_MOVE_METRES);
        }
    }

    private void checkObedience(String id) {
        expect(id + " carries out a command", () -> "COMPLETED".equals(commandEnd(id, sendCommand(id))));
        expect(id + " takes over desired settings", () -> {
            server.send(
                    "PUT",
                    "robots/" + id + "/settings/desired",
                    JsonObject.of("payload", Map.of("maxSpeed", 0.6)),
                    JsonObject.class);
            return settled(() -> "IN_SYNC"
                    .equals(server.get("robots/" + id + "/settings/delta")
                            .string("state")
                            .orElse("")));
        });
        expect(id + " stops in an emergency and is released", () -> {
            server.send(
                    "POST",
                    "robots/" + id + "/emergency-stop",
                    JsonObject.of("reason", "demo check"),
                    JsonObject.class);
            boolean stopped = settled(() -> isHeld(id));
            server.send(
                    "DELETE",
                    "robots/" + id + "/emergency-stop",
                    JsonObject.of("reason", "demo check is over"),
                    JsonObject.class);
            return stopped && settled(() -> !isHeld(id));
        });
    }

    private void expect(String claim, BooleanSupplier condition) {
        try {
            if (!settled(condition)) {
                failures.add(claim);
            }
        } catch (DemoException e) {
            failures.add(claim + ": " + e.getMessage());
        }
    }

    private boolean settled(BooleanSupplier condition) {
        return look.until(PATIENCE, condition);
    }

    private long online() {
        return server.robots().stream()
                .filter(robot -> robot.string("presence").orElse("").equals("ONLINE"))
                .filter(robot -> robot.object("identity").isPresent()
                        && robot.object("capability").isPresent())
                .count();
    }

    private int recentSamples(String id) {
        Instant from = clock.instant().minusSeconds(TELEMETRY_SECONDS);
        return readings(server.get("robots/" + id + "/telemetry?limit=1000&from=" + from))
                .size();
    }

    /** How far apart the outermost stored positions are, m. */
    private double extent(String id) {
        double[] box = {Double.MAX_VALUE, -Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE};
        for (Object reading : readings(server.get("robots/" + id + "/telemetry?limit=1000"))) {
            position(reading).ifPresent(position -> {
                double x = position.number("x").orElse(0);
                double y = position.number("y").orElse(0);
                box[0] = Math.min(box[0], x);
                box[1] = Math.max(box[1], x);
                box[2] = Math.min(box[2], y);
                box[3] = Math.max(box[3], y);
            });
        }
        return Math.hypot(Math.max(0, box[1] - box[0]), Math.max(0, box[3] - box[2]));
    }

    private static List<?> readings(JsonObject answer) {
        return answer.get("readings").map(value -> (List<?>) value).orElse(List.of());
    }

    private static Optional<JsonObject> position(Object reading) {
        return reading instanceof Map<?, ?> map
                ? JsonObject.of("reading", map)
                        .object("reading")
                        .flatMap(r -> r.object("payload"))
                        .flatMap(p -> p.object("position"))
                : Optional.empty();
    }

    private String sendCommand(String id) {
        return server.send(
                        "POST",
                        "robots/" + id + "/commands",
                        JsonObject.of("commandType", "calibrate", "payload", Map.of()),
                        JsonObject.class)
                .string("commandId")
                .orElse("");
    }

    private String commandEnd(String id, String commandId) {
        String path = "robots/" + id + "/commands/" + commandId;
        settled(() -> !List.of("REQUESTED", "ACCEPTED", "RUNNING")
                .contains(server.get(path).string("state").orElse("")));
        return server.get(path).string("state").orElse("");
    }

    private boolean isHeld(String id) {
        return server.get("robots/" + id)
                .object("status")
                .flatMap(status -> status.get("emergencyStop"))
                .filter(Boolean.TRUE::equals)
                .isPresent();
    }
}
