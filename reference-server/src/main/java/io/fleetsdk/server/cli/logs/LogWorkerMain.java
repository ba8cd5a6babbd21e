package io.fleetsdk.server.cli.logs;

import io.fleetsdk.Fleet;
import io.fleetsdk.FleetException;
import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/** The demo's worker as a program: the broker's address, then the directory of the logs. Ends with its standard input. */
public final class LogWorkerMain {
    /** Where its jobs are. */
    public static final String QUEUE = LogJobs.QUEUE;

    /** The type of the jobs that compress a segment. */
    public static final String COMPRESS = LogJobs.COMPRESS.name();

    private static final Duration PACE = Duration.ofSeconds(3);
    private static final int FAILED = 1;

    private LogWorkerMain() {}

    public static void main(String[] arguments) {
        new Thread(LogWorkerMain::exitWithStandardInput, "stdin").start();
        try {
            start(arguments[0], Files.createDirectories(Path.of(arguments[1])));
            System.out.println("ready");
        } catch (IOException | FleetException e) {
            System.err.println("log-worker: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void start(String broker, Path directory) {
        Fleet fleet = NatsFleet.connect(
                NatsOptions.builder().server(broker).name("log-worker").build());
        LogWorker worker = LogWorker.start(fleet, new JacksonCodec(), directory, Clock.systemUTC(), PACE);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(worker, fleet), "end"));
    }

    private static void end(LogWorker worker, Fleet fleet) {
        worker.close();
        fleet.close();
    }

    /** It is a pipe from the launcher, which may die at any moment, also in the middle of the start. */
    private static void exitWithStandardInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
            System.exit(0);
        } catch (IOException e) {
            System.err.println("log-worker: " + e.getMessage());
            System.exit(FAILED);
        }
    }
}
