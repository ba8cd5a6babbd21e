package io.fleetsdk.storage.s3;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** The store's refusals and silences as what a caller does next. No message holds a secret: they name keys, codes and texts of the store. */
final class S3Errors {
    /** What a request may have done before it failed. */
    enum Effect {
        /** Nothing, for it only reads, or what it writes shows nowhere. */
        NONE,
        /** A change that shows. */
        CHANGE
    }

    private S3Errors() {}

    /** Whether the same request may succeed in a moment. */
    static boolean isPassing(Throwable e) {
        if (Thread.currentThread().isInterrupted() || e instanceof AbortedException) {
            return false;
        }
        if (e instanceof AwsServiceException refusal) {
            return isPassing(refusal.statusCode(), code(refusal));
        }
        return isCut(e) && !hasCause(e, SSLHandshakeException.class);
    }

    static boolean isNotFound(SdkException e) {
        return e instanceof AwsServiceException refusal && refusal.statusCode() == 404;
    }

    /**
     * @param doing what was tried, such as {@code upload robot-logs/RB-1/a.gz}
     */
    static FleetException classified(String doing, SdkException e, Effect effect) {
        if (e instanceof AwsServiceException refusal) {
            return refused(doing, refusal);
        }
        if (e instanceof AbortedException) {
            Thread.currentThread().interrupt();
        } else if (!isCut(e)) {
            return new InvalidInputException("credentials", doing, "must be there: " + e.getMessage());
        }
        return cutOff(doing, e, effect);
    }

    private static FleetException cutOff(String doing, SdkException e, Effect effect) {
        boolean neverArrived = hasCause(e, ConnectException.class)
                || hasCause(e, UnknownHostException.class)
                || hasCause(e, NoRouteToHostException.class)
                || hasCause(e, SSLHandshakeException.class);
        String message = doing + ": " + e.getMessage();
        return effect == Effect.NONE || neverArrived
                ? new UnavailableException(message, e)
                : new UnknownOutcomeException(message, e);
    }

    private static FleetException refused(String doing, AwsServiceException e) {
        String code = code(e);
        String said = doing + ": " + text(e);
        if (code.equals("RequestTimeTooSkewed")) {
            return new UnavailableException(said + " (set the clock of this machine or of the store)", e);
        }
        if (isPassing(e.statusCode(), code)) {
            return new UnavailableException(said, e);
        }
        return switch (e.statusCode()) {
            case 404 -> new NotFoundException(said);
            case 409, 412 -> new ConflictException(said);
            case 401, 403 -> new InvalidInputException("credentials", doing, "must allow this: " + text(e));
            case 416 -> new InvalidInputException("range", doing, "must begin within the object");
            case 501 -> new InvalidInputException("request", doing, "must be one the store offers: " + text(e));
            default -> new InvalidInputException("request", doing, "must be one the store accepts: " + text(e));
        };
    }

    /** 501 is for ever; any other trouble of the server's own, and too many requests, are for now. */
    private static boolean isPassing(int status, String code) {
        return status >= 500 && status != 501
                || status == 429
                || status == 408
                || code.equals("SlowDown")
                || code.equals("RequestTimeout")
                || code.equals("OperationAborted");
    }

    private static String text(AwsServiceException e) {
        return e.statusCode() + " " + code(e)
                + details(e)
                        .map(AwsErrorDetails::errorMessage)
                        .map(text -> ", " + text)
                        .orElse("");
    }

    static String code(AwsServiceException e) {
        return details(e).map(AwsErrorDetails::errorCode).orElse("");
    }

    private static Optional<AwsErrorDetails> details(AwsServiceException e) {
        return Optional.ofNullable(e.awsErrorDetails());
    }

    private static boolean isCut(Throwable e) {
        return hasCause(e, IOException.class) || e instanceof ApiCallAttemptTimeoutException;
    }

    private static boolean hasCause(Throwable e, Class<? extends Throwable> type) {
        return Stream.iterate(Optional.of(e), Optional::isPresent, one -> one.map(Throwable::getCause))
                .flatMap(Optional::stream)
                .anyMatch(type::isInstance);
    }
}
