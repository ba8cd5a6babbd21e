package io.fleetsdk.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The commands of {@link SmallAgent}: identify, cancel and one that waits. Called under the agent's lock. */
class SmallCommands {
    static final String WAIT = "wait";

    private final SmallAgent agent;
    private final Map<String, Known> journal = new HashMap<>();
    private Optional<String> running = Optional.empty();

    /** What was asked and the last word on it. */
    private record Known(String content, String state) {}

    SmallCommands(SmallAgent agent) {
        this.agent = agent;
    }

    Optional<String> running() {
        return running;
    }

    void receive(JsonNode command) {
        String id = command.path("commandId").asString("");
        String type = command.path("type").asString("");
        if (id.isEmpty() || type.isEmpty()) {
            return;
        }
        Known known = journal.get(id);
        String content = type + command.path("payload");
        if (known != null && !isSame(content, known.content())) {
            agent.ack(id, "REJECTED", "the id is another command's");
        } else if (known != null) {
            again(command, known.state());
        } else {
            journal.put(id, new Known(content, "RECEIVED"));
            begin(command, id, type);
        }
    }

    boolean isSame(String content, String known) {
        return content.equals(known);
    }

    /** A command that is known already. */
    void again(JsonNode command, String state) {
        agent.ack(command.path("commandId").asString(), state, "again");
    }

    void begin(JsonNode command, String id, String type) {
        if (isExpired(command)) {
            say(id, "EXPIRED", "too late");
            return;
        }
        switch (type) {
            case "identify" -> {
                say(id, "ACCEPTED", "");
                agent.identify();
                say(id, "COMPLETED", "");
            }
            case "cancel" ->
                cancel(id, command.path("payload").path("commandId").asString(""));
            case WAIT -> waitFor(command, id);
            default -> unknown(id, type);
        }
    }

    void unknown(String id, String type) {
        say(id, "REJECTED", "type " + type + " is not known");
    }

    boolean isRunning(String id) {
        return running.equals(Optional.of(id));
    }

    boolean isExpired(JsonNode command) {
        String deadline = command.path("deadline").asString("");
        return !deadline.isEmpty() && !Instant.parse(deadline).isAfter(Instant.now());
    }

    private void cancel(String id, String target) {
        if (isRunning(target)) {
            stopWork("CANCELLED");
            say(id, "ACCEPTED", "");
            say(id, "COMPLETED", "");
        } else {
            say(id, "REJECTED", "nothing to cancel");
        }
    }

    void waitFor(JsonNode command, String id) {
        JsonNode seconds = command.path("payload").path("seconds");
        if (!seconds.isNumber() || isHeld()) {
            say(id, "REJECTED", isHeld() ? "an emergency stop is latched" : "seconds is missing");
            return;
        }
        say(id, "ACCEPTED", "");
        say(id, "RUNNING", "");
        running = Optional.of(id);
        agent.later(() -> end(id, "COMPLETED"), Duration.ofMillis((long) (seconds.asDouble() * 1000)));
        expireInTime(command, id);
    }

    boolean isHeld() {
        return agent.stopped;
    }

    void expireInTime(JsonNode command, String id) {
        String deadline = command.path("deadline").asString("");
        if (!deadline.isEmpty()) {
            agent.later(() -> end(id, "EXPIRED"), Duration.between(Instant.now(), Instant.parse(deadline)));
        }
    }

    void stopWork(String state) {
        running.ifPresent(id -> end(id, state));
    }

    private void end(String id, String state) {
        if (running.equals(Optional.of(id))) {
            running = Optional.empty();
            say(id, state, "");
        }
    }

    void say(String id, String state, String why) {
        journal.computeIfPresent(id, (key, known) -> new Known(known.content(), state));
        agent.ack(id, state, why);
    }
}
