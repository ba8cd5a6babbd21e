package io.fleetsdk.nats.internal;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.nats.client.JetStreamApiException;
import io.nats.client.RequestFailureException;

/** The broker's refusals and silences as what a caller does next. */
public final class BrokerErrors {
    public static final int STREAM_NOT_FOUND = 10059;
    public static final int NO_MESSAGE_FOUND = 10037;
    /** What deleting a message that is gone is refused with. */
    private static final int SEQUENCE_NOT_FOUND = 10043;

    private static final int WRONG_LAST_SEQUENCE = 10071;
    private static final int WRONG_LAST_SEQUENCE_CONSTANT = 10164;
    private static final int DUPLICATE_IN_BATCH = 10201;
    private static final int MESSAGE_TOO_LARGE = 10054;

    private BrokerErrors() {}

    /**
     * @param doing what was tried, such as {@code publish robots.cmd.RB-001}
     */
    public static FleetException classified(String doing, Exception e) {
        if (e instanceof JetStreamApiException refusal) {
            return refused(doing, refusal);
        }
        if (e instanceof RequestFailureException failure) {
            return unanswered(doing, failure);
        }
        if (e instanceof IllegalStateException) {
            return new UnavailableException(doing + ": not connected to the broker", e);
        }
        if (e instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return new UnknownOutcomeException(doing + ": " + e.getMessage(), e);
    }

    public static boolean isNotFound(JetStreamApiException e) {
        return e.getApiErrorCode() == NO_MESSAGE_FOUND
                || e.getApiErrorCode() == SEQUENCE_NOT_FOUND
                || e.getErrorCode() == 404;
    }

    private static FleetException refused(String doing, JetStreamApiException e) {
        return switch (e.getApiErrorCode()) {
            case WRONG_LAST_SEQUENCE, WRONG_LAST_SEQUENCE_CONSTANT ->
                new ConflictException(doing + ": changed by somebody else meanwhile");
            case DUPLICATE_IN_BATCH -> new ConflictException(doing + ": some of it was stored before");
            case MESSAGE_TOO_LARGE -> new InvalidInputException("message", doing, "must fit the stream's message size");
            case STREAM_NOT_FOUND ->
                new UnavailableException(doing + ": the broker lacks the stream; apply the topology first", e);
            default -> new UnavailableException(doing + ": " + e.getMessage(), e);
        };
    }

    private static FleetException unanswered(String doing, RequestFailureException e) {
        return switch (e.getReason()) {
            case NO_RESPONDERS ->
                new UnavailableException(doing + ": nobody answers; is JetStream on and the topology applied?", e);
            case SERVER_ERROR -> new UnavailableException(doing + ": refused: " + e.getMessage(), e);
            case TIMEOUT, CONNECTION_CLOSING, CANCELLED ->
                new UnknownOutcomeException(doing + ": no answer in time", e);
        };
    }
}
