package io.fleetsdk.nats;

import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.inference.InferenceAnswer;
import io.fleetsdk.inference.InferenceRequest;
import io.fleetsdk.inference.Tensor;
import io.fleetsdk.internal.Require;
import io.fleetsdk.model.ModelRef;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The JSON of questions to models and of their answers. */
final class InferenceWire {
    private InferenceWire() {}

    /** @param withinMillis counted by whoever asks, and again by whoever answers: no two clocks are compared */
    record Question(String model, Map<String, Tensor> inputs, long withinMillis) {
        static Question of(InferenceRequest request) {
            return new Question(
                    request.model(), request.inputs(), request.within().toMillis());
        }

        InferenceRequest request() {
            return new InferenceRequest(model, inputs, Duration.ofMillis(withinMillis));
        }
    }

    /** Why there is no answer, by what the caller does next. */
    enum Reason {
        INVALID,
        NOT_FOUND,
        UNAVAILABLE
    }

    record Refusal(Reason reason, String message) {
        static Refusal of(Throwable failure) {
            String message = String.valueOf(failure.getMessage());
            if (failure instanceof InvalidInputException) {
                return new Refusal(Reason.INVALID, message);
            }
            return new Refusal(failure instanceof NotFoundException ? Reason.NOT_FOUND : Reason.UNAVAILABLE, message);
        }

        FleetException exception() {
            return switch (reason) {
                case INVALID -> new InvalidInputException("inference", message, "was refused by the worker");
                case NOT_FOUND -> new NotFoundException(message);
                case UNAVAILABLE -> new UnavailableException(message, null);
            };
        }
    }

    /** Either an answer or a refusal. */
    record Reply(Optional<String> model, Map<String, Tensor> outputs, Optional<Refusal> error) {
        Reply {
            model = Require.orEmpty(model);
            outputs = Require.map("outputs", outputs);
            error = Require.orEmpty(error);
        }

        static Reply of(@Nullable InferenceAnswer answer, @Nullable Throwable failure) {
            if (answer == null) {
                return refusal(failure == null ? new UnavailableException("no answer", null) : cause(failure));
            }
            return new Reply(Optional.of(answer.model().toString()), answer.outputs(), Optional.empty());
        }

        static Reply refusal(Throwable failure) {
            return new Reply(Optional.empty(), Map.of(), Optional.of(Refusal.of(failure)));
        }

        private static Throwable cause(Throwable failure) {
            Throwable cause = failure.getCause();
            return failure instanceof CompletionException && cause != null ? cause : failure;
        }

        /**
         * @throws FleetException if it is a refusal
         */
        InferenceAnswer answer() {
            error.ifPresent(refusal -> {
                throw refusal.exception();
            });
            return new InferenceAnswer(ModelRef.parse(Require.present("model", model.orElse(null))), outputs);
        }
    }
}
