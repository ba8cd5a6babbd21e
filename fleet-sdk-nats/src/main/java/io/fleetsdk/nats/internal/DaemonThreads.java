package io.fleetsdk.nats.internal;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Threads of this module: named after the connection, and never a reason for the JVM to stay. */
public final class DaemonThreads {
    private DaemonThreads() {}

    public static Thread start(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Threads as they are needed, for work that waits for the broker. */
    public static ExecutorService pool(String name) {
        return Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    public static ScheduledExecutorService ticker(String connectionName) {
        ScheduledThreadPoolExecutor ticker = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, connectionName + "-ticker");
            thread.setDaemon(true);
            return thread;
        });
        ticker.setRemoveOnCancelPolicy(true);
        return ticker;
    }

    /** At most so many threads, gone after 10 s without work. */
    public static ExecutorService pool(String name, int most) {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(most, most, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, name);
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
