package io.fleetsdk.nats.internal.job;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.nats.client.Message;
import io.nats.client.Subscription;
import io.nats.client.api.MessageInfo;
import io.nats.client.support.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads a stream's messages in their order and in pages, without a consumer. */
final class StoredMessages {
    private static final int PAGE = 200;
    private static final int PAGE_BYTES = 4 << 20;
    private static final int NOT_FOUND = 404;
    private static final int WIDENING = 8;

    private final JobBroker broker;
    private final String stream;
    private final String subjects;

    /**
     * @param subjects with or without wildcards
     */
    StoredMessages(JobBroker broker, String stream, String subjects) {
        this.broker = broker;
        this.stream = stream;
        this.subjects = subjects;
    }

    /** Some messages of this sequence and later; none means that there are no more. */
    List<MessageInfo> page(long from) {
        return read(from, PAGE);
    }

    /** How many there are of this sequence and later. */
    long count(long from) {
        return read(from, 1).stream()
                .mapToLong(message -> 1 + message.getNumPending())
                .findFirst()
                .orElse(0);
    }

    /**
     * A sequence that is followed by so many of them, or the first one. Not the last such sequence, for other subjects' messages lie
     * between: some more may follow.
     *
     * @param last sequence of the stream
     */
    long startOfNewest(long wanted, long last) {
        long span = wanted;
        while (span < last && count(last - span + 1) < wanted) {
            span *= WIDENING;
        }
        return Math.max(1, last - span + 1);
    }

    /** The sequence that the stream gave last. */
    long lastSequence() {
        return broker.call(
                "look at " + stream,
                () -> broker.management().getStreamInfo(stream).getStreamState().getLastSequence());
    }

    private List<MessageInfo> read(long from, int most) {
        return broker.call("read " + subjects, () -> {
            String inbox = broker.connection().createInbox();
            Subscription answers = broker.connection().subscribe(inbox);
            try {
                byte[] request = broker.codec()
                        .encode(Map.of("seq", from, "next_by_subj", subjects, "batch", most, "max_bytes", PAGE_BYTES));
                broker.connection().publish("$JS.API.DIRECT.GET." + stream, inbox, request);
                return collected(answers);
            } finally {
                answers.unsubscribe();
            }
        });
    }

    private List<MessageInfo> collected(Subscription answers) throws InterruptedException {
        List<MessageInfo> found = new ArrayList<>();
        for (Message answer = next(answers); !isEnd(answer); answer = next(answers)) {
            found.add(new MessageInfo(answer, stream, true));
        }
        return found;
    }

    private Message next(Subscription answers) throws InterruptedException {
        Message answer = answers.nextMessage(broker.requestTimeout());
        if (answer == null) {
            throw new UnknownOutcomeException("read " + stream + ": no answer within " + broker.requestTimeout(), null);
        }
        return answer;
    }

    private boolean isEnd(Message answer) {
        if (!answer.isStatusMessage()) {
            return false;
        }
        Status status = answer.getStatus();
        if (status.isEob() || status.getCode() == NOT_FOUND) {
            return true;
        }
        throw new UnavailableException("read " + stream + ": " + status.getMessageWithCode(), null);
    }
}
