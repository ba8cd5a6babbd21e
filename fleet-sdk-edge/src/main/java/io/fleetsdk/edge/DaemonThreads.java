package io.fleetsdk.edge;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep a process alive: ending it is for the one who started the agent. */
final class DaemonThreads implements ThreadFactory {
    private final AtomicInteger made = new AtomicInteger();

    @Override
    public Thread newThread(Runnable task) {
        Thread thread = new Thread(task, "robot-agent-" + made.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }
}
