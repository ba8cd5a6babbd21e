package io.fleetsdk.edge;

import io.fleetsdk.json.JsonObject;
import java.util.function.Function;
import java.util.function.Supplier;

/** How a command ended, in the driver's words. */
public sealed interface CommandOutcome {
    /** Done. */
    record Completed(JsonObject result) implements CommandOutcome {}

    /** Not done, or not all of it; the reason is for people. */
    record Failed(String reason) implements CommandOutcome {}

    /** Stopped half-way because {@link CommandContext#stopReason} asked for it. */
    record Cancelled() implements CommandOutcome {}

    static CommandOutcome completed() {
        return new Completed(JsonObject.empty());
    }

    static CommandOutcome completed(JsonObject result) {
        return new Completed(result);
    }

    static CommandOutcome failed(String reason) {
        return new Failed(reason);
    }

    static CommandOutcome cancelled() {
        return new Cancelled();
    }

    /** The one function that fits. */
    default <T> T fold(Function<JsonObject, T> ifCompleted, Function<String, T> ifFailed, Supplier<T> ifCancelled) {
        if (this instanceof Completed completed) {
            return ifCompleted.apply(completed.result());
        }
        return this instanceof Failed failed ? ifFailed.apply(failed.reason()) : ifCancelled.get();
    }
}
