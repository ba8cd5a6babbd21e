package io.fleetsdk.nats.internal;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.json.JsonCodec;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.MessageInfo;
import io.nats.client.api.StreamInfoOptions;
import io.nats.client.api.Subject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the last message of every subject that matches, all in one request where they are not more than some 1,000. */
public final class LastMessages {
    /** Subjects of one request; the broker refuses to find more than 1,024. */
    public static final int MOST = 1_000;

    private static final int NONE_FOUND = 404;
    private static final int TOO_MANY = 413;

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
     * @param subjects with or without wildcards
     * @throws UnavailableException if the broker does not answer
     */
    public List<MessageInfo> of(String stream, List<String> subjects) {
        try {
            Optional<List<MessageInfo>> all = atOnce(stream, subjects);
            return all.isPresent() ? all.get() : inParts(stream, subjects);
        } catch (IOException | JetStreamApiException | InterruptedException | IllegalStateException e) {
            throw BrokerErrors.classified("read the last messages of " + stream, e);
        }
    }

    /** By their names, some at a time. */
    private List<MessageInfo> inParts(String stream, List<String> subjects)
            throws IOException, JetStreamApiException, InterruptedException {
        List<MessageInfo> found = new ArrayList<>();
        for (String pattern : subjects) {
            List<String> names = names(stream, pattern);
            for (int from = 0; from < names.size(); from += MOST) {
                List<String> some = names.subList(from, Math.min(from + MOST, names.size()));
                found.addAll(atOnce(stream, some).orElseThrow());
            }
        }
        return found;
    }

    private List<String> names(String stream, String pattern) throws IOException, JetStreamApiException {
        return connection
                .jetStreamManagement()
                .getStreamInfo(stream, StreamInfoOptions.filterSubjects(pattern))
                .getStreamState()
                .getSubjects()
                .stream()
                .map(Subject::getName)
                .toList();
    }

    /** Empty if more match than the broker finds at once. */
    private Optional<List<MessageInfo>> atOnce(String stream, List<String> subjects) throws InterruptedException {
        String inbox = connection.createInbox();
        Subscription answers = connection.subscribe(inbox);
        try {
            connection.publish("$JS.API.DIRECT.GET." + stream, inbox, request(subjects));
            return received(stream, answers);
        } finally {
            answers.unsubscribe();
        }
    }

    private byte[] request(List<String> subjects) {
        return new String(codec.encode(Map.of("multi_last", subjects)), StandardCharsets.UTF_8)
                .getBytes(StandardCharsets.US_ASCII);
    }

    private Optional<List<MessageInfo>> received(String stream, Subscription answers) throws InterruptedException {
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
                return Optional.of(found);
            } else if (message.getStatus().getCode() == TOO_MANY) {
                return Optional.empty();
            } else {
                throw new UnavailableException("reading " + stream + ": " + message.getStatus(), null);
            }
        }
    }

    private static boolean isEnd(Message status) {
        return status.getStatus().isEob() || status.getStatus().getCode() == NONE_FOUND;
    }
}
