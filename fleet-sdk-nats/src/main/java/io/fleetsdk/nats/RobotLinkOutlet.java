package io.fleetsdk.nats;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.JetStream;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.PublishOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Where a robot's messages leave: some are tried once, the others kept until the broker has stored them. A message that is sent
 * again is the same message, so the broker stores it once. Thread-safe.
 */
final class RobotLinkOutlet {
    private static final int MOST_KEPT = 10_000;
    private static final int MOST_UNCONFIRMED = 64;

    private final Duration answerWithin;
    private final Deque<Kept> kept = new ArrayDeque<>();
    private @Nullable JetStream jetStream;
    private int unconfirmed;
    private boolean closed;

    RobotLinkOutlet(Duration answerWithin) {
        this.answerWithin = answerWithin;
    }

    private static final class Kept {
        private final Message message;
        private final CompletableFuture<Void> stored = new CompletableFuture<>();
        private boolean underWay;

        Kept(Message message) {
            this.message = message;
        }
    }

    /** There is a connection: what was kept leaves, oldest first. */
    synchronized void attach(JetStream connected) {
        jetStream = connected;
        resend();
    }

    synchronized void detach() {
        jetStream = null;
    }

    /** Sends now or never. */
    synchronized CompletableFuture<Void> once(Message message) {
        if (jetStream == null) {
            return failed("there is no connection to the broker");
        }
        if (unconfirmed >= MOST_UNCONFIRMED) {
            return failed("the broker has not confirmed the last " + unconfirmed + " messages");
        }
        unconfirmed++;
        return send(jetStream, message).whenComplete((stored, failure) -> confirmed());
    }

    /** Sends until it is stored. */
    synchronized CompletableFuture<Void> keep(Message message) {
        if (closed) {
            return failed("the link is closed");
        }
        if (kept.size() >= MOST_KEPT) {
            return failed(MOST_KEPT + " messages are waiting already");
        }
        Kept next = new Kept(message);
        kept.addLast(next);
        resend();
        return next.stored;
    }

    /** Sends what is kept and not under way. To be called from time to time. */
    synchronized void resend() {
        if (jetStream == null) {
            return;
        }
        List<Kept> window = kept.stream().limit(MOST_UNCONFIRMED).toList();
        for (Kept each : window) {
            if (!each.underWay) {
                each.underWay = true;
                send(jetStream, each.message).whenComplete((stored, failure) -> sent(each, failure));
            }
        }
    }

    /** Waits until nothing is kept, for so long at most. */
    synchronized void awaitEmpty(Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (!kept.isEmpty() && jetStream != null && left > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left);
            left = end - System.nanoTime();
        }
    }

    /** What is still kept has failed. */
    void close() {
        List<Kept> left;
        synchronized (this) {
            closed = true;
            jetStream = null;
            left = List.copyOf(kept);
            kept.clear();
        }
        left.forEach(each -> each.stored.completeExceptionally(
                new UnavailableException("the link was closed before the broker had stored this", null)));
    }

    private void sent(Kept message, @Nullable Throwable failure) {
        boolean over = failure == null || failure instanceof InvalidInputException;
        synchronized (this) {
            message.underWay = false;
            if (over) {
                kept.remove(message);
                notifyAll();
                resend();
            }
        }
        if (failure == null) {
            message.stored.complete(null);
        } else if (over) {
            message.stored.completeExceptionally(failure);
        }
    }

    private synchronized void confirmed() {
        unconfirmed--;
    }

    private CompletableFuture<Void> send(JetStream to, Message message) {
        CompletableFuture<Void> result = new CompletableFuture<>();
        try {
            to.publishAsync(message, PublishOptions.builder().build())
                    .orTimeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS)
                    .whenComplete((ack, failure) -> {
                        if (failure == null) {
                            result.complete(null);
                        } else {
                            result.completeExceptionally(classified(message, failure));
                        }
                    });
        } catch (IllegalStateException e) {
            result.completeExceptionally(classified(message, e));
        }
        return result;
    }

    private static FleetException classified(Message message, Throwable failure) {
        String doing = "publish " + message.getSubject();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof JetStreamApiException
                    || cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof IllegalStateException) {
                return BrokerErrors.classified(doing, (Exception) cause);
            }
        }
        return BrokerErrors.classified(doing, new IOException(failure));
    }

    private static CompletableFuture<Void> failed(String why) {
        return CompletableFuture.failedFuture(new UnavailableException(why, null));
    }
}
