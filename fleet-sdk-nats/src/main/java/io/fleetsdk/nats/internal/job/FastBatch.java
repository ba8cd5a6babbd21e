package io.fleetsdk.nats.internal.job;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.nats.internal.BrokerErrors;
import io.nats.client.Connection;
import io.nats.client.Dispatcher;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.NUID;
import io.nats.client.api.PublishAck;
import io.nats.client.impl.NatsMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Messages that one stream stores one by one, as they come, with one answer for all of them: the broker's fast batch, spoken by the
 * reply subjects. It costs the broker half of an {@link AtomicBatch}, which is put aside before it is stored, where the broker need
 * not wait for the disk after each message. The broker stops at the first message that it refuses. Thread-safe.
 */
final class FastBatch {
    /** Messages in one batch; the broker has no limit. */
    static final int MOST = 1_000;

    /** Wanted between two signs of progress, of which none is of use here; a gap ends the batch. */
    private static final String TERMS = "." + MOST + ".fail.";

    private static final byte[] TYPE = "{\"type\"".getBytes(StandardCharsets.US_ASCII);
    private static final String START = ".0.$FI";
    private static final String APPEND = ".1.$FI";
    private static final String COMMIT = ".2.$FI";

    private final Connection connection;
    private final Duration requestTimeout;
    private final String inbox;
    private final Map<String, CompletableFuture<Integer>> open = new ConcurrentHashMap<>();
    private @Nullable Dispatcher dispatcher;

    FastBatch(JobBroker broker) {
        this.connection = broker.connection();
        this.requestTimeout = broker.requestTimeout();
        this.inbox = connection.createInbox() + ".";
    }

    /**
     * Sends the messages.
     *
     * @param messages 1 to {@link #MOST}, all for the same stream
     * @return completes with how many of the messages are stored, counted from the first: fewer than all where the next one was refused,
     *     and then none after it is. Exceptionally with a {@link FleetException}: {@link UnknownOutcomeException} if nobody knows how
     *     many, another one if none is stored
     */
    CompletableFuture<Integer> publish(List<NatsMessage> messages) {
        Require.within("messages", messages.size(), 1, MOST);
        listen();
        String id = NUID.nextGlobal();
        CompletableFuture<Integer> stored = new CompletableFuture<>();
        open.put(id, stored);
        try {
            send(messages, inbox + id + TERMS);
        } catch (FleetException e) {
            stored.completeExceptionally(e);
        }
        return stored.orTimeout(requestTimeout.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionallyCompose(failure -> CompletableFuture.failedFuture(known(failure)))
                .whenComplete((count, failure) -> open.remove(id));
    }

    private static FleetException known(Throwable failure) {
        return failure instanceof FleetException known
                ? known
                : new UnknownOutcomeException("publish a fast batch: no answer in time", failure);
    }

    private void send(List<NatsMessage> messages, String reply) {
        int last = messages.size();
        for (int number = 1; number <= last; number++) {
            String step = number == last ? COMMIT : number == 1 ? START : APPEND;
            NatsMessage message = messages.get(number - 1);
            try {
                connection.publish(
                        message.getSubject(), reply + number + step, message.getHeaders(), message.getData());
            } catch (IllegalStateException e) {
                throw number == 1
                        ? BrokerErrors.classified("publish a fast batch", e)
                        : new UnknownOutcomeException("publish a fast batch: cut off in its middle", e);
            }
        }
    }

    private synchronized void listen() {
        if (dispatcher == null) {
            dispatcher = connection.createDispatcher(this::answered);
            dispatcher.subscribe(inbox + ">");
        }
    }

    private void answered(Message answer) {
        String subject = answer.getSubject();
        CompletableFuture<Integer> stored =
                open.get(subject.substring(inbox.length(), subject.indexOf('.', inbox.length())));
        if (stored == null || isOnTheWay(answer)) {
            return;
        }
        if (answer.isStatusMessage()) {
            stored.completeExceptionally(
                    new UnavailableException("publish a fast batch: nobody answers: " + answer.getStatus(), null));
            return;
        }
        try {
            stored.complete(new PublishAck(answer).getBatchSize());
        } catch (JetStreamApiException | IOException e) {
            stored.completeExceptionally(BrokerErrors.classified("publish a fast batch", e));
        }
    }

    /** Signs of progress, and what the final answer says again, have a type. */
    private static boolean isOnTheWay(Message answer) {
        byte[] json = answer.getData();
        return json != null && json.length > TYPE.length && Arrays.equals(json, 0, TYPE.length, TYPE, 0, TYPE.length);
    }
}
