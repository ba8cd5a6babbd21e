package io.fleetsdk.nats.internal.job;

import io.fleetsdk.UnknownOutcomeException;
import io.nats.client.Message;
import io.nats.client.api.MessageInfo;
import java.util.Map;
import java.util.Optional;

/**
 * Reads from a stream's leader, where others ask the nearest replica. A replica may not know of what was stored a moment ago; where two who
 * store at the same time must not both miss the other, that is too late.
 */
final class LeaderReads {
    private static final int NOT_FOUND = 404;

    private final JobBroker broker;

    LeaderReads(JobBroker broker) {
        this.broker = broker;
    }

    /** The last message of the subject. */
    Optional<MessageInfo> last(String stream, String subject) {
        return broker.call("read " + subject, () -> {
            byte[] request = broker.codec().encode(Map.of("last_by_subj", subject));
            Message answer =
                    broker.connection().request("$JS.API.STREAM.MSG.GET." + stream, request, broker.requestTimeout());
            if (answer == null) {
                throw new UnknownOutcomeException(
                        "read " + subject + ": no answer within " + broker.requestTimeout(), null);
            }
            MessageInfo info = new MessageInfo(answer, stream, false);
            if (info.hasError() && info.getErrorCode() == NOT_FOUND) {
                return Optional.empty();
            }
            info.throwOnHasError();
            return Optional.of(info);
        });
    }
}
