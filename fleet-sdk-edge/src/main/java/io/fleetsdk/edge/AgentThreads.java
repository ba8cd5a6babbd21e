package io.fleetsdk.edge;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The agent's two threads: a timer for all that is quick, and one that carries out commands. */
final class AgentThreads {
    private static final Logger log = LoggerFactory.getLogger(AgentThreads.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);

    private final ScheduledThreadPoolExecutor timer;
    private final Thread worker;
    private final List<Future<?>> steady = new ArrayList<>();

    AgentThreads(ThreadFactory factory, Runnable work) {
        timer = new ScheduledThreadPoolExecutor(1, factory);
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        worker = factory.newThread(work);
    }

    void startWorker() {
        worker.start();
    }

    /** Calls the task at a steady rate. Calls missed, because the machine slept, are left out and not made up for. */
    void every(Duration period, Runnable task) {
        long nanos = period.toNanos();
        steady.add(timer.scheduleAtFixedRate(new SteadyTask(task, nanos), 0, nanos, TimeUnit.NANOSECONDS));
    }

    /** Runs the task soon on the timer; not at all once that has ended. */
    void soon(Runnable task) {
        timer.execute(guarded(task));
    }

    /** Waits for the worker, which was told to end; interrupts it when it does not, and then gives it up. */
    void endWorker() throws InterruptedException {
        worker.join(LONGEST_WAIT.toMillis());
        if (worker.isAlive()) {
            worker.interrupt();
            worker.join(LONGEST_WAIT.toMillis());
        }
        if (worker.isAlive()) {
            log.error("the driver does not return from a command; its thread {} is left behind", worker.getName());
        }
    }

    /** Ends what is called at a steady rate, and waits until what was to be run soon has run. */
    void calm() throws InterruptedException {
        steady.forEach(task -> task.cancel(false));
        CountDownLatch done = new CountDownLatch(1);
        timer.execute(done::countDown);
        if (!done.await(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            log.error("the driver does not return from a quick call");
        }
    }

    void endTimer() throws InterruptedException {
        timer.shutdown();
        if (!timer.awaitTermination(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
            log.error("the driver does not return from a quick call; the timer's thread is left behind");
        }
    }

    private static Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                log.error("a task of the agent failed", e);
            }
        };
    }

    private static final class SteadyTask implements Runnable {
        private final Runnable task;
        private final long period;
        private long last;

        SteadyTask(Runnable task, long period) {
            this.task = guarded(task);
            this.period = period;
            this.last = System.nanoTime() - period;
        }

        @Override
        public void run() {
            long now = System.nanoTime();
            if (now - last >= period / 2) {
                last = now;
                task.run();
            }
        }
    }
}
