package io.fleetsdk.tck;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The same command id again, with the same and with other content. */
final class RepetitionVerification implements Verification {
    @Override
    public Map<String, String> rules() {
        return Map.of(
                "FP-CMD-8", "that the journal is looked up by command id before anything is done",
                "FP-CMD-9", "that the journal keeps type and payload, and compares them");
    }

    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        if (!probe.hasAnswered()) {
            verdicts.skipRest(this, "commands are not answered: see FP-CMD-4");
            return;
        }
        judgeSameContent(probe, verdicts, probe.identify());
        Optional<ProbeCommand> harmless = HarmlessCommand.of(probe);
        if (harmless.isPresent()) {
            judgeSameContent(probe, verdicts, probe.command(harmless.get()));
        }
        judgeOtherContent(probe, verdicts);
    }

    private static void judgeSameContent(AgentProbe probe, Verdicts verdicts, ObjectNode command)
            throws InterruptedException {
        CommandExchange exchange = probe.send(command);
        Optional<Ack> end = exchange.awaitEnd();
        if (end.isEmpty() || !end.get().state().equals("COMPLETED")) {
            verdicts.skipped("FP-CMD-8", command.path("type").asString() + " did not complete: " + exchange.outcome());
            return;
        }
        int identities = identities(probe);
        probe.repeat(exchange, command);
        probe.fence();
        exchange.await(ack -> exchange.laterAcks().contains(ack));
        judgeAnswers(verdicts, exchange);
        if (identities(probe) > identities && !identifiedByOthers(probe)) {
            verdicts.failed("FP-CMD-8", "a repeated identify published the identity again");
        }
    }

    private static void judgeAnswers(Verdicts verdicts, CommandExchange exchange) {
        String type = exchange.command().path("type").asString();
        List<Ack> answers = exchange.laterAcks();
        Set<String> states = answers.stream().map(Ack::state).collect(Collectors.toSet());
        if (answers.isEmpty()) {
            verdicts.failed("FP-CMD-8", "a repeated " + type + " was not answered");
        } else if (answers.stream().anyMatch(Ack::isWork)) {
            verdicts.failed(
                    "FP-CMD-8", "a repeated " + type + " was carried out again: " + CommandExchange.states(answers));
        } else if (!states.equals(Set.of("COMPLETED"))) {
            verdicts.failed(
                    "FP-CMD-8",
                    "a repeated " + type + " that was COMPLETED was answered with " + CommandExchange.states(answers));
        } else {
            verdicts.passed("FP-CMD-8");
        }
    }

    private static void judgeOtherContent(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        CommandExchange exchange = probe.send(probe.identify());
        exchange.awaitEnd();
        ObjectNode other = exchange.command().deepCopy();
        other.set("payload", HubMessage.object().put("x-conformance", "other content"));
        probe.repeat(exchange, other);
        probe.fence();
        exchange.await(ack -> exchange.laterAcks().contains(ack));
        String answers = CommandExchange.states(exchange.laterAcks());
        verdicts.judged(
                "FP-CMD-9",
                answers.equals("REJECTED")
                        ? List.of()
                        : List.of("the id of an earlier command with another payload was answered with " + answers));
    }

    private static int identities(AgentProbe probe) {
        return probe.recording().ofType("identity").size();
    }

    /** Whether another backend asks robots to identify themselves during the run. */
    private static boolean identifiedByOthers(AgentProbe probe) {
        Set<String> own = probe.exchanges().stream().map(CommandExchange::id).collect(Collectors.toSet());
        return probe.recording().ofType("cmd").stream()
                .filter(command -> command.word("type").equals("identify"))
                .anyMatch(command -> !own.contains(command.word("commandId")));
    }
}
