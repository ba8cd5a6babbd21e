package io.fleetsdk.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** That commands are answered, and how: known and unknown types, broken parameters, broadcasts. */
final class CommandVerification implements Verification {
    @Override
    public Map<String, String> rules() {
        return new TreeMap<>(Map.of(
                "FP-CMD-3", "that each acknowledgement copies the command's id into correlationId",
                "FP-CMD-4", "the subscription to the commands, and that ACCEPTED or REJECTED is sent before any work",
                "FP-CMD-5", "the order of acknowledgements, and that nothing follows the end",
                "FP-CMD-6", "what the agent does with a type it has no handler for",
                "FP-CMD-7", "that the payload is checked against the capability's schema before ACCEPTED",
                "FP-CMD-15", "the subscription to robots.cmd.all",
                "FP-CMD-16", "the handler of identify, which every robot has"));
    }

    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        CommandExchange identify = probe.send(probe.identify());
        identify.awaitEnd();
        if (!probe.hasAnswered()) {
            judgeSilence(probe, verdicts);
            return;
        }
        judgeIdentify(verdicts, identify);
        judgeUnknownType(probe, verdicts);
        judgeParameters(probe, verdicts);
        judgeBroadcast(probe, verdicts);
    }

    @Override
    public void judge(AgentProbe probe, Verdicts verdicts) {
        List<Heard> acks = probe.recording().ofType("cmd.ack");
        if (acks.isEmpty()) {
            verdicts.skipRest(this, "nothing was acknowledged");
            return;
        }
        verdicts.judged(
                "FP-CMD-3", acks.stream().flatMap(ack -> ackFaults(probe, ack)).toList());
        verdicts.judged(
                "FP-CMD-5",
                probe.exchanges().stream()
                        .flatMap(CommandVerification::lifeCycleFaults)
                        .toList());
        if (verdicts.of("FP-CMD-4").isEmpty()) {
            verdicts.judged(
                    "FP-CMD-4",
                    probe.exchanges().stream()
                            .flatMap(CommandVerification::firstWordFaults)
                            .toList());
        }
        verdicts.skipRest(this, "identify was not answered: see FP-CMD-4");
    }

    private void judgeSilence(AgentProbe probe, Verdicts verdicts) {
        boolean uncorrelated = probe.recording().ofType("cmd.ack").stream()
                .anyMatch(ack -> ack.correlationId().isEmpty());
        if (uncorrelated) {
            verdicts.skipped("FP-CMD-4", "no acknowledgement names its command: see FP-CMD-3");
        } else {
            verdicts.failed("FP-CMD-4", "identify was not answered within " + probe.timeoutText());
        }
    }

    private static void judgeIdentify(Verdicts verdicts, CommandExchange identify) {
        String outcome = identify.outcome();
        verdicts.judged(
                "FP-CMD-16",
                outcome.equals("COMPLETED") ? List.of() : List.of("identify ended as " + outcome + ", not COMPLETED"));
    }

    private static void judgeUnknownType(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        CommandExchange unknown = probe.fence();
        Optional<Ack> answer = unknown.acks().stream().findFirst();
        if (answer.isEmpty() || !answer.get().state().equals("REJECTED")) {
            verdicts.failed(
                    "FP-CMD-6",
                    "a command of an unknown type was answered with " + CommandExchange.states(unknown.acks()));
        } else if (answer.get().heard().word("message").isBlank()) {
            verdicts.failed("FP-CMD-6", "a command of an unknown type was REJECTED without a message");
        } else {
            verdicts.passed("FP-CMD-6");
        }
    }

    private static void judgeParameters(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        Optional<ProbeCommand> harmless = HarmlessCommand.of(probe);
        if (harmless.isEmpty()) {
            verdicts.skipped("FP-CMD-7", HarmlessCommand.missing());
            return;
        }
        String type = harmless.get().type();
        Optional<ObjectNode> broken = brokenPayload(probe, harmless.get());
        if (broken.isEmpty()) {
            verdicts.skipped("FP-CMD-7", "the parameters of '" + type + "' allow everything");
            return;
        }
        CommandExchange exchange = probe.send(probe.command(type, broken.get()));
        exchange.await(ack -> true);
        String outcome = CommandExchange.states(exchange.acks());
        verdicts.judged(
                "FP-CMD-7",
                outcome.equals("REJECTED")
                        ? List.of()
                        : List.of("'" + type + "' with payload " + broken.get()
                                + ", which its parameters forbid, was answered with " + outcome));
    }

    /** A payload the command's schema refuses: nothing at all, or one member of a kind it cannot be. */
    private static Optional<ObjectNode> brokenPayload(AgentProbe probe, ProbeCommand harmless) {
        JsonNode parameters = HarmlessCommand.entry(probe, harmless)
                .map(entry -> entry.path("parameters"))
                .orElse(HubMessage.object());
        if (!parameters.isObject() || !probe.schemas().schemaFaults(parameters).isEmpty()) {
            return Optional.empty();
        }
        Stream<ObjectNode> odd = parameters.path("properties").propertyNames().stream()
                .map(name -> {
                    ObjectNode payload = HubMessage.object();
                    payload.putArray(name).addArray();
                    return payload;
                });
        ObjectNode unknown = HubMessage.object().put("x-conformance", true);
        return Stream.concat(Stream.of(HubMessage.object(), unknown), odd)
                .filter(payload ->
                        !probe.schemas().faultsBy(parameters, payload).isEmpty())
                .findFirst();
    }

    private static void judgeBroadcast(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        CommandExchange broadcast = probe.sendToAll(probe.identify());
        broadcast.awaitEnd();
        String outcome = broadcast.outcome();
        verdicts.judged(
                "FP-CMD-15",
                outcome.equals("COMPLETED")
                        ? List.of()
                        : List.of("identify on robots.cmd.all was answered with " + outcome));
    }

    private static Stream<String> ackFaults(AgentProbe probe, Heard ack) {
        Stream<String> payload = probe.schemas().payloadFaults("cmd.ack", ack.payload()).stream()
                .map(fault -> "payload " + fault.text() + ", in " + ack);
        return ack.correlationId().isEmpty()
                ? Stream.concat(Stream.of("correlationId is missing, in " + ack), payload)
                : payload;
    }

    private static Stream<String> firstWordFaults(CommandExchange exchange) {
        return exchange.firstAcks().stream()
                .limit(1)
                .filter(ack -> !Ack.FIRST.contains(ack.state()))
                .map(ack ->
                        "the first answer to " + exchange.command().path("type").asString() + " is " + ack.state());
    }

    private static Stream<String> lifeCycleFaults(CommandExchange exchange) {
        List<String> faults = new ArrayList<>();
        List<Ack> acks = exchange.firstAcks();
        for (int i = 1; i < acks.size(); i++) {
            String before = acks.get(i - 1).state();
            String after = acks.get(i).state();
            boolean allowed = !Ack.FINAL.contains(before) && !after.equals("ACCEPTED") && !after.equals("REJECTED");
            if (!allowed) {
                faults.add(exchange.command().path("type").asString() + " went from " + before + " to " + after);
            }
        }
        return faults.stream();
    }
}
