package io.fleetsdk.inference;

import io.fleetsdk.robot.RobotId;
import java.util.concurrent.CompletionStage;

/** Answers questions. Called on a thread that must not be kept waiting. */
@FunctionalInterface
public interface InferenceHandler {
    /**
     * @return completes with the answer, or with a {@link io.fleetsdk.FleetException} that the caller gets as well: {@link
     *     io.fleetsdk.InvalidInputException}, {@link io.fleetsdk.NotFoundException} or {@link io.fleetsdk.UnavailableException}
     */
    CompletionStage<InferenceAnswer> handle(RobotId robot, InferenceRequest request);
}
