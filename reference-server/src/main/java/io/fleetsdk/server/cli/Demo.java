package io.fleetsdk.server.cli;

import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.server.cli.logs.LogWorkerMain;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** One run of the demo, from start to the last process's end. */
final class Demo {
    /** What happens to the data directory at the end. */
    enum Data {
        KEEP,
        REMOVE
    }

    private static final Duration FIRST_ROBOT_WITHIN = Duration.ofSeconds(60);
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final DemoPlan plan;
    private final Data data;
    private final PrintWriter out;
    private final Clock clock;
    private final DemoFleet fleet;
    private final ServerClient server;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Look look;

    Demo(DemoPlan plan, Data data, PrintWriter out, Clock clock) {
        this.plan = plan;
        this.data = data;
        this.out = out;
        this.clock = clock;
        this.fleet = new DemoFleet(plan, out);
        this.server = new ServerClient(fleet.pageUrl(), fleet.token(), new JacksonCodec());
        this.look = new Look(clock, ended);
    }

    /** Starts everything and waits for the first robot. Everything ends with the JVM, however that ends. */
    void start() {
        Instant begin = clock.instant();
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "demo-end"));
        fleet.start();
        if (!look.until(FIRST_ROBOT_WITHIN, this::aRobotIsOnline)) {
            throw DemoException.failure("no robot has reported within " + FIRST_ROBOT_WITHIN.toSeconds() + " s");
        }
        welcome(Duration.between(begin, clock.instant()));
    }

    int runUntilInterrupted() {
        out.println("Ctrl-C ends the demo.");
        out.flush();
        look.until(FOR_EVER, this::isBroken);
        return 0;
    }

    int runFor(Duration time) {
        out.println("Running for " + time.toSeconds() + " s ...");
        out.flush();
        look.until(time, this::isBroken);
        List<String> failures = new DemoCheck(server, plan, clock, look).run();
        failures.forEach(failure -> out.println("FAILED: " + failure));
        out.println(failures.isEmpty() ? "All checks passed." : failures.size() + " checks failed.");
        out.flush();
        return failures.isEmpty() ? 0 : FleetMain.FAILED;
    }

    private boolean aRobotIsOnline() {
        isBroken();
        return server.robots().stream()
                .anyMatch(robot -> robot.string("presence").orElse("").equals("ONLINE"));
    }

    /** Never true: a process that ended by itself is a failure, or its user's mistake if it says so. */
    private boolean isBroken() {
        fleet.ended().ifPresent(child -> {
            if (ended.getCount() > 0) {
                throw child.explainedEnd();
            }
        });
        return false;
    }

    private void welcome(Duration took) {
        out.printf("%nThe first robot reported after %.1f s.%n%n", took.toMillis() / 1000.0);
        out.printf("  Page     %s/#token=%s%n", fleet.pageUrl(), fleet.token());
        out.printf("  REST     curl -H 'Authorization: Bearer %s' %s/api/v1/robots%n", fleet.token(), fleet.pageUrl());
        out.printf("  OpenAPI  %s/openapi.json%n", fleet.pageUrl());
        out.printf("  Broker   %s%n", fleet.brokerUrl());
        out.printf("  Check    ./fleet conform --robot RB-001 --nats %s%n", fleet.brokerUrl());
        out.printf("  Jobs     ./fleet jobs watch %s --nats %s%n", LogWorkerMain.QUEUE, fleet.brokerUrl());
        out.printf("  Logs     %s%n%n", plan.logs());
    }

    private void end() {
        ended.countDown();
        fleet.close();
        if (data == Data.REMOVE) {
            try {
                TemporaryDirectory.delete(plan.data());
            } catch (IOException e) {
                System.err.println("fleet: " + plan.data() + " could not be removed: " + e.getMessage());
            }
        }
    }
}
