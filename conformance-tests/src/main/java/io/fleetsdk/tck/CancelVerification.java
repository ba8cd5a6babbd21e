package io.fleetsdk.tck;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Cancelling a command that runs, and one that nobody knows. */
final class CancelVerification implements Verification {
    @Override
    public Map<String, String> rules() {
        return Map.of(
                "FP-CMD-13", "that a cancel is read while another command runs, and stops it",
                "FP-CMD-14", "what a cancel answers for itself, also for a command that is unknown or has ended");
    }

    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        if (!probe.hasAnswered()) {
            verdicts.skipRest(this, "commands are not answered: see FP-CMD-4");
            return;
        }
        judgeUnknown(probe, verdicts);
        Optional<ProbeCommand> harmless = HarmlessCommand.of(probe);
        if (harmless.isEmpty()) {
            verdicts.skipRest(this, HarmlessCommand.missing());
            return;
        }
        judgeRunning(probe, verdicts, harmless.get());
    }

    private static void judgeUnknown(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        CommandExchange cancel = probe.send(probe.cancel(UUID.randomUUID().toString()));
        cancel.awaitEnd();
        verdicts.judged(
                "FP-CMD-14",
                cancel.outcome().equals("REJECTED")
                        ? List.of()
                        : List.of("a cancel of an unknown command was answered with " + cancel.outcome()));
    }

    private static void judgeRunning(AgentProbe probe, Verdicts verdicts, ProbeCommand harmless)
            throws InterruptedException {
        CommandExchange running = probe.send(probe.command(harmless));
        running.await(ack -> ack.state().equals("RUNNING") || ack.isEnd());
        CommandExchange cancel = probe.send(probe.cancel(running.id()));
        Optional<Ack> answer = cancel.awaitEnd();
        Optional<Ack> end = running.awaitEnd();
        boolean cancellable = HarmlessCommand.entry(probe, harmless)
                .map(entry -> entry.path("cancellable").asBoolean(false))
                .orElse(false);
        boolean stillRan = end.isEmpty()
                || answer.isPresent()
                        && answer.get().heard().number() < end.get().heard().number();
        judge(verdicts, "'" + harmless.type() + "'", running.outcome(), cancel.outcome(), cancellable && stillRan);
    }

    /**
     * @param possible whether the command could be cancelled and still ran when the robot answered the cancel
     */
    private static void judge(Verdicts verdicts, String what, String outcome, String answer, boolean possible) {
        if (outcome.equals("CANCELLED")) {
            verdicts.passed("FP-CMD-13");
            verdicts.judged(
                    "FP-CMD-14",
                    answer.equals("COMPLETED")
                            ? List.of()
                            : List.of("the cancel that ended " + what + " was answered with " + answer));
        } else if (!answer.equals("COMPLETED") && !answer.equals("REJECTED")) {
            verdicts.failed("FP-CMD-14", "a cancel of " + what + " was answered with " + answer);
        } else if (possible || answer.equals("COMPLETED")) {
            verdicts.failed("FP-CMD-13", what + " ended as " + outcome + " although its cancel was " + answer);
        } else {
            verdicts.skipped(
                    "FP-CMD-13",
                    what
                            + " could not be cancelled, or ended before the cancel came: give a cancellable --command with a"
                            + " --payload that takes longer");
        }
    }
}
