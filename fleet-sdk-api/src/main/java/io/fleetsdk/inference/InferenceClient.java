package io.fleetsdk.inference;

import io.fleetsdk.Subscription;
import io.fleetsdk.robot.RobotId;

/** Questions to models and who answers them. Nothing is stored: an answer after its deadline is worth nothing. Thread-safe. */
public interface InferenceClient {
    /**
     * Asks one of the workers and waits.
     *
     * @throws io.fleetsdk.InvalidInputException if the inputs are not what the model takes, or together larger than a message of the broker
     * @throws io.fleetsdk.NotFoundException if there is no such model
     * @throws io.fleetsdk.UnavailableException if there is no worker, or no answer came in time; ask anew if it still matters
     */
    InferenceAnswer infer(RobotId robot, InferenceRequest request);

    /** Answers questions, beside whoever else does: each goes to one of them. What came before the subscription ended is answered. */
    Subscription serve(InferenceHandler handler);
}
