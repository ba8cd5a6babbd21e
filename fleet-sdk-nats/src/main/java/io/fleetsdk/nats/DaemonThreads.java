package io.fleetsdk.nats;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/** Threads of this module: named after the connection, and never a reason for the JVM to stay. */
final class DaemonThreads {
    private DaemonThreads() {}

    static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    static ScheduledExecutorService ticker(String connectionName) {
        ScheduledThreadPoolExecutor ticker = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, connectionName + "-ticker");
            thread.setDaemon(true);
            return thread;
        });
        ticker.setRemoveOnCancelPolicy(true);
        return ticker;
    }
}
