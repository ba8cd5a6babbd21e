package io.fleetsdk.nats.internal;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.json.JsonCodec;
import io.nats.client.Connection;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.MessageInfo;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the last message of every subject that matches, all in one request. */
public final class LastMessages {
    /** Subjects of one request; the broker refuses to find more than 1,024. */
    public static final int MOST = 1_000;

    private static final int NONE_FOUND = 404;

    private final Connection connection;
    private final JsonCodec codec;
    private final Duration patience;

    /**
     * @param patience how long to wait for an answer
     */
    public LastMessages(Connection connection, JsonCodec codec, Duration patience) {
        this.connection = connection;
        this.codec = codec;
        this.patience = patience;
    }

    /**
     * @param subjects with or without wildcards; up to 1,024 may match
     * @throws UnavailableException if the broker does not answer, or more match
     */
    public List<MessageInfo> of(String stream, List<String> subjects) {
        try {
            String inbox = connection.createInbox();
            Subscription answers = connection.subscribe(inbox);
            try {
                connection.publish("$JS.API.DIRECT.GET." + stream, inbox, request(subjects));
                return received(stream, answers);
            } finally {
                answers.unsubscribe();
            }
        } catch (InterruptedException | IllegalStateException e) {
            throw BrokerErrors.classified("read the last messages of " + stream, e);
        }
    }

    private byte[] request(List<String> subjects) {
        return new String(codec.encode(Map.of("multi_last", subjects)), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private List<MessageInfo> received(String stream, Subscription answers) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        List<MessageInfo> found = new ArrayList<>();
        while (true) {
            Duration left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
            Message message = answers.nextMessage(left);
            if (message == null) {
                throw new UnavailableException("reading " + stream + ": no answer in time", null);
            }
            if (!message.isStatusMessage()) {
                found.add(new MessageInfo(message, stream, true));
            } else if (isEnd(message)) {
                return found;
            } else {
                throw new UnavailableException("reading " + stream + ": " + message.getStatus(), null);
            }
        }
    }

    private static boolean isEnd(Message status) {
        return status.getStatus().isEob() || status.getStatus().getCode() == NONE_FOUND;
    }
}
