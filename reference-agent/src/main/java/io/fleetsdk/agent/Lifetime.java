package io.fleetsdk.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long the process is to live: until it is asked to end by SIGTERM or SIGINT, or by the end of its standard input. Whoever
 * waits in {@link #awaitEnd} then closes what there is and calls {@link #end}; only then the process goes.
 */
final class Lifetime {
    private static final long LONGEST_END_SECONDS = 20;
    private static final int OUT_OF_TIME = 1;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = OUT_OF_TIME;

    private Lifetime() {}

    /** Until a signal asks for its end. */
    static Lifetime untilSignal() {
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::endInOrder, "shutdown"));
        return lifetime;
    }

    /** Also until this input ends, as it does when the process at its other end dies. */
    void orEndOf(InputStream input) {
        Thread reader = new Thread(() -> drain(input), "stdin");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits until the end is asked for. */
    void awaitEnd() throws InterruptedException {
        asked.await();
    }

    /** Everything is closed: the process goes with this exit code. Does not return. */
    void end(int code) {
        exitCode = code;
        ended.countDown();
        System.exit(code);
    }

    private void drain(InputStream input) {
        try {
            input.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            Logger log = LoggerFactory.getLogger(Lifetime.class);
            log.info("standard input has failed, which ends this as well: {}", e.toString());
        }
        asked.countDown();
    }

    /** By itself the JVM would exit with 143 after a SIGTERM, however well it was answered. */
    private void endInOrder() {
        asked.countDown();
        try {
            ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(exitCode);
    }
}
