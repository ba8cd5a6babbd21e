package io.fleetsdk.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Commands that come too late, and commands that take too long. */
final class DeadlineVerification implements Verification {
    private static final Duration LONG_AGO = Duration.ofMinutes(5);
    private static final Duration SHORT = Duration.ofSeconds(1);

    @Override
    public Map<String, String> rules() {
        return Map.of(
                "FP-CMD-11", "that the deadline is compared with the robot's clock before a command begins",
                "FP-CMD-12", "that a running command is watched and stopped at its deadline");
    }

    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        if (!probe.hasAnswered()) {
            verdicts.skipRest(this, "commands are not answered: see FP-CMD-4");
            return;
        }
        judgeTooLate(probe, verdicts);
        Optional<ProbeCommand> harmless = HarmlessCommand.of(probe);
        if (harmless.isEmpty()) {
            verdicts.skipRest(this, HarmlessCommand.missing());
            return;
        }
        judgeTooLong(probe, verdicts, harmless.get());
    }

    private static void judgeTooLate(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        ObjectNode late = probe.identify();
        late.put("deadline", probe.now().minus(LONG_AGO).toString());
        CommandExchange exchange = probe.send(late);
        probe.fence();
        exchange.await(ack -> true);
        String answers = CommandExchange.states(exchange.acks());
        verdicts.judged(
                "FP-CMD-11",
                answers.equals("EXPIRED")
                        ? List.of()
                        : List.of("a command whose deadline passed 5 min ago was answered with " + answers));
    }

    private static void judgeTooLong(AgentProbe probe, Verdicts verdicts, ProbeCommand harmless)
            throws InterruptedException {
        ObjectNode command = probe.command(harmless);
        Instant deadline = probe.now().plus(SHORT);
        command.put("deadline", deadline.toString());
        CommandExchange exchange = probe.send(command);
        Optional<Ack> end = exchange.awaitEnd();
        String outcome = exchange.outcome();
        if (outcome.equals("EXPIRED")) {
            verdicts.passed("FP-CMD-12");
        } else if (end.isPresent() && end.get().heard().at().isBefore(deadline.plus(SHORT))) {
            verdicts.skipped(
                    "FP-CMD-12",
                    "'" + harmless.type() + "' was " + outcome + " before it could pass its" + " deadline of "
                            + SHORT.toSeconds() + " s: give a --payload that takes longer");
        } else {
            verdicts.failed(
                    "FP-CMD-12",
                    "'" + harmless.type() + "' went on past its deadline: " + CommandExchange.states(exchange.acks()));
        }
    }
}
