package io.fleetsdk.nats;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnknownOutcomeException;
import io.fleetsdk.command.CommandClient;
import io.fleetsdk.command.CommandExecution;
import io.fleetsdk.command.CommandHandle;
import io.fleetsdk.robot.RobotId;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A command whose life is in the log. */
record LoggedCommandHandle(CommandClient client, CommandLog log, RobotId robotId, UUID commandId)
        implements CommandHandle {
    @Override
    public CommandExecution execution() {
        return log.find(robotId, commandId)
                .orElseThrow(() ->
                        new NotFoundException("command " + commandId + " is older than the newest that are kept"));
    }

    @Override
    public CompletableFuture<CommandExecution> completion() {
        return log.completion(robotId, commandId).copy();
    }

    @Override
    public CommandExecution await(Duration atMost) {
        try {
            return completion().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new UnknownOutcomeException(
                    "command " + commandId + " is " + execution().state() + " after " + atMost, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnknownOutcomeException("interrupted while command " + commandId + " goes on", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a command's completion never fails", e);
        }
    }

    @Override
    public void cancel() {
        client.cancel(robotId, commandId);
    }
}
