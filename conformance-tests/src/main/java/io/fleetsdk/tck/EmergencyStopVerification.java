package io.fleetsdk.tck;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/**
 * Stops the robot, sees that it stays stopped, and releases it: also when the run is interrupted. The stop of all robots is
 * left alone, and so is a robot that somebody else has stopped.
 */
final class EmergencyStopVerification implements Verification {
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final double AT_REST = 0.02;

    @Override
    public Map<String, String> rules() {
        return new TreeMap<>(Map.of(
                "FP-EST-2", "the subscription to robots.estop.{robotId}, and the revision it compares",
                "FP-EST-3", "that a stop ends the running command",
                "FP-EST-4", "that only a release of a higher revision frees the robot, and that it does",
                "FP-EST-5", "that a release is compared with the revision of the stop",
                "FP-EST-6", "that commands are refused while the robot is held",
                "FP-EST-7", "that a status is sent at once when the hold changes, not with the next heartbeat",
                "FP-STA-6", "that emergencyStop and state STOPPED come from the latch"));
    }

    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        if (probe.recording()
                .await(0, heard -> heard.type().equals("status"), probe.timeout())
                .isEmpty()) {
            verdicts.skipRest(this, "no status is heard: see FP-STA-2");
            return;
        }
        StopLatchDesk desk = new StopLatchDesk(probe);
        if (desk.isTaken()) {
            verdicts.skipRest(this, "an emergency stop is latched already: release it first");
            return;
        }
        Thread onExit = new Thread(desk::release, "conformance-release");
        Runtime.getRuntime().addShutdownHook(onExit);
        try {
            whileStopped(probe, verdicts, desk);
        } finally {
            desk.release();
            Runtime.getRuntime().removeShutdownHook(onExit);
        }
        verdicts.skipRest(this, "the robot did not stop: see FP-EST-2");
    }

    private static void whileStopped(AgentProbe probe, Verdicts verdicts, StopLatchDesk desk)
            throws InterruptedException {
        Optional<CommandExchange> work = beginWork(probe);
        int mark = probe.recording().mark();
        Instant at = probe.now();
        desk.stop();
        Optional<Heard> held = probe.recording().await(mark, status(true), probe.timeout());
        if (held.isEmpty()) {
            verdicts.failed(
                    "FP-EST-2",
                    "no status with emergencyStop true came within " + probe.timeoutText() + " of the stop");
            return;
        }
        Duration took = Duration.between(at, held.get().at());
        judgeWork(verdicts, work);
        judgeCommands(probe, verdicts);
        judgeStaleRelease(probe, verdicts, desk);
        judgeRest(probe, verdicts, mark);
        judgeState(probe, verdicts, held.get().number());
        judgeRelease(probe, verdicts, desk, took);
    }

    private static Optional<CommandExchange> beginWork(AgentProbe probe) throws InterruptedException {
        Optional<ProbeCommand> harmless = probe.hasAnswered() ? HarmlessCommand.of(probe) : Optional.empty();
        if (harmless.isEmpty()) {
            return Optional.empty();
        }
        CommandExchange work = probe.send(probe.command(harmless.get()));
        work.await(ack -> ack.state().equals("RUNNING") || ack.isEnd());
        return Optional.of(work);
    }

    private static void judgeWork(Verdicts verdicts, Optional<CommandExchange> work) throws InterruptedException {
        if (work.isEmpty()) {
            verdicts.skipped("FP-EST-3", HarmlessCommand.missing());
            return;
        }
        work.get().awaitEnd();
        String outcome = work.get().outcome();
        if (outcome.equals("COMPLETED")) {
            verdicts.skipped("FP-EST-3", "the command ended before the stop came: give a --payload that takes longer");
        } else {
            verdicts.judged(
                    "FP-EST-3",
                    List.of("FAILED", "CANCELLED").contains(outcome)
                            ? List.of()
                            : List.of("the command that ran when the robot was stopped is " + outcome));
        }
    }

    private static void judgeCommands(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        Optional<ProbeCommand> harmless = probe.hasAnswered() ? HarmlessCommand.of(probe) : Optional.empty();
        if (harmless.isEmpty()) {
            verdicts.skipped("FP-EST-6", HarmlessCommand.missing());
            return;
        }
        CommandExchange refused = probe.send(probe.command(harmless.get()));
        refused.awaitEnd();
        String answers = CommandExchange.states(refused.acks());
        verdicts.judged(
                "FP-EST-6",
                answers.equals("REJECTED")
                        ? List.of()
                        : List.of("'" + harmless.get().type() + "' was answered with " + answers
                                + " while an emergency stop holds the robot"));
    }

    private static void judgeStaleRelease(AgentProbe probe, Verdicts verdicts, StopLatchDesk desk)
            throws InterruptedException {
        int mark = probe.recording().mark();
        desk.signalStaleRelease();
        probe.fence();
        Optional<Heard> freed = probe.recording().await(mark, status(false), AT_ONCE);
        verdicts.judged(
                "FP-EST-5",
                freed.isEmpty()
                        ? List.of()
                        : List.of("a release of the same revision as the stop freed the robot, in " + freed.get()));
    }

    /** By the last sample before the release the robot has had time to come to rest. */
    private static void judgeRest(AgentProbe probe, Verdicts verdicts, int mark) {
        List<Heard> samples = probe.recording().since(mark).stream()
                .filter(Heard::isWholeSample)
                .toList();
        Optional<JsonNode> velocity = samples.isEmpty()
                ? Optional.empty()
                : Optional.of(samples.get(samples.size() - 1).payload().path("velocity"));
        boolean moving = velocity.isPresent()
                && (Math.abs(velocity.get().path("linear").asDouble(0)) > AT_REST
                        || Math.abs(velocity.get().path("angular").asDouble(0)) > AT_REST);
        verdicts.judged(
                "FP-EST-2", moving ? List.of("the stopped robot still reports velocity " + velocity.get()) : List.of());
    }

    private static void judgeState(AgentProbe probe, Verdicts verdicts, int mark) {
        List<String> faults = new ArrayList<>();
        for (Heard status : probe.recording().since(mark)) {
            boolean held = status.payload().path("emergencyStop").asBoolean(false);
            if (status.type().equals("status") && held && !status.word("state").equals("STOPPED")) {
                faults.add("emergencyStop is true and state is " + status.word("state") + ", in " + status);
            }
        }
        verdicts.judged("FP-STA-6", faults);
    }

    private static void judgeRelease(AgentProbe probe, Verdicts verdicts, StopLatchDesk desk, Duration stopTook)
            throws InterruptedException {
        int mark = probe.recording().mark();
        Instant at = probe.now();
        desk.release();
        Optional<Heard> freed = probe.recording().await(mark, status(false), probe.timeout());
        if (freed.isEmpty()) {
            verdicts.failed(
                    "FP-EST-4",
                    "no status with emergencyStop false came within " + probe.timeoutText() + " of the release");
            return;
        }
        verdicts.passed("FP-EST-4");
        List<String> late = new ArrayList<>();
        addIfLate(late, "stop", stopTook);
        addIfLate(late, "release", Duration.between(at, freed.get().at()));
        verdicts.judged("FP-EST-7", late);
    }

    private static void addIfLate(List<String> faults, String what, Duration took) {
        if (took.compareTo(AT_ONCE) > 0) {
            faults.add("the status after the " + what + " took " + took.toMillis() / 1000.0 + " s");
        }
    }

    private static Predicate<Heard> status(boolean held) {
        return heard -> heard.type().equals("status")
                && heard.payload().path("emergencyStop").isBoolean()
                && heard.payload().path("emergencyStop").asBoolean() == held;
    }
}
