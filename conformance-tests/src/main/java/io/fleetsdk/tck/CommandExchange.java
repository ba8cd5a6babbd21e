package io.fleetsdk.tck;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** One command that was sent and what the robot said to it. For one thread. */
final class CommandExchange {
    private final AgentProbe probe;
    private final ObjectNode command;
    private final int mark;
    private OptionalInt repeated = OptionalInt.empty();

    CommandExchange(AgentProbe probe, ObjectNode command, int mark) {
        this.probe = probe;
        this.command = command;
        this.mark = mark;
    }

    String id() {
        return command.path("commandId").asString();
    }

    ObjectNode command() {
        return command;
    }

    /** What was heard before it was sent is no answer to it. */
    int mark() {
        return mark;
    }

    /** From here on answers may be to a repetition. */
    void repeatedNow() {
        if (repeated.isEmpty()) {
            repeated = OptionalInt.of(probe.recording().mark());
        }
    }

    /** What the robot said before the command was sent once more. */
    List<Ack> firstAcks() {
        int end = repeated.orElse(Integer.MAX_VALUE);
        return acks().stream().filter(ack -> ack.heard().number() < end).toList();
    }

    /** What it said after. */
    List<Ack> laterAcks() {
        int end = repeated.orElse(Integer.MAX_VALUE);
        return acks().stream().filter(ack -> ack.heard().number() >= end).toList();
    }

    /** Everything the robot said to it; a message that was sent twice counts once. */
    List<Ack> acks() {
        Set<String> seen = new HashSet<>();
        return probe.recording().since(mark).stream()
                .filter(message -> message.type().equals("cmd.ack"))
                .filter(message -> message.correlationId().equals(id()))
                .filter(message ->
                        seen.add(message.envelope().path("messageId").asString("number " + message.number())))
                .map(message -> new Ack(message.word("state"), message))
                .toList();
    }

    /** Waits for an answer of the kind. */
    Optional<Ack> await(Predicate<Ack> wanted) throws InterruptedException {
        return probe.recording().awaitThat(() -> acks().stream().filter(wanted).findFirst(), probe.timeout());
    }

    Optional<Ack> awaitEnd() throws InterruptedException {
        return await(Ack::isEnd);
    }

    /** The state it ended in, as far as is known; {@value Ack#NONE} where nothing was said. */
    String outcome() {
        List<Ack> acks = acks();
        return acks.isEmpty() ? Ack.NONE : acks.get(acks.size() - 1).state();
    }

    /** The states in the order in which they came, for people. */
    static String states(List<Ack> acks) {
        return acks.isEmpty() ? Ack.NONE : acks.stream().map(Ack::state).collect(Collectors.joining(", "));
    }
}
