package io.fleetsdk.tck;

import io.fleetsdk.protocol.FleetSubjects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** What the robot makes of messages it has not seen before: extended ones, broken ones, those of a later version. */
final class ReadingVerification implements Verification {
    private static final String UNREADABLE = "FP-DEL-5";

    @Override
    public Map<String, String> rules() {
        return Map.of(
                "FP-ENV-11",
                "that the JSON reader ignores members it does not know",
                "FP-ENV-12",
                "that the JSON reader takes null for an absent member",
                UNREADABLE,
                "that a message that cannot be read is acknowledged to the broker, logged and left",
                "FP-VER-1",
                "that payloadVersion is looked at before anything else");
    }

    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        if (!probe.hasAnswered()) {
            verdicts.skipRest(this, "commands are not answered: see FP-CMD-4");
            return;
        }
        judgeUnknownMembers(probe, verdicts);
        judgeNulls(probe, verdicts);
        judgeLaterVersion(probe, verdicts);
        judgeUnreadable(probe, verdicts);
    }

    private static void judgeUnknownMembers(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        ObjectNode command = probe.identify();
        command.putObject("x-later").put("a", 1);
        ObjectNode envelope = envelope(probe, command);
        envelope.putArray("x-later").add(true);
        judgeCarriedOut(probe, verdicts, "FP-ENV-11", "unknown members", envelope);
    }

    private static void judgeNulls(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        ObjectNode command = probe.identify();
        List.of("payload", "priority", "deadline", "requestedBy").forEach(command::putNull);
        ObjectNode envelope = envelope(probe, command);
        envelope.putNull("seq");
        judgeCarriedOut(probe, verdicts, "FP-ENV-12", "nulls for optional members", envelope);
    }

    private static void judgeCarriedOut(
            AgentProbe probe, Verdicts verdicts, String ruleId, String what, ObjectNode envelope)
            throws InterruptedException {
        CommandExchange exchange = probe.send(FleetSubjects.command(probe.robot()), envelope);
        exchange.awaitEnd();
        verdicts.judged(
                ruleId,
                exchange.outcome().equals("COMPLETED")
                        ? List.of()
                        : List.of("identify with " + what + " was answered with " + exchange.outcome()));
    }

    private static void judgeLaterVersion(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        ObjectNode envelope = envelope(probe, probe.identify());
        envelope.put("payloadVersion", 2);
        CommandExchange exchange = probe.send(FleetSubjects.command(probe.robot()), envelope);
        probe.fence();
        verdicts.judged(
                "FP-VER-1",
                exchange.acks().isEmpty()
                        ? List.of()
                        : List.of("a command of payloadVersion 2 was answered with "
                                + CommandExchange.states(exchange.acks())));
    }

    private static void judgeUnreadable(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        String subject = FleetSubjects.command(probe.robot());
        ObjectNode elsewhere = envelope(probe, probe.identify());
        elsewhere.put("robotId", probe.robot().value().equals("RB-X") ? "RB-Y" : "RB-X");
        ObjectNode otherType = envelope(probe, probe.identify());
        otherType.put("type", "status");
        ObjectNode noId = envelope(probe, probe.identify());
        ((ObjectNode) noId.path("payload")).remove("type");
        List<String> faults = new ArrayList<>();
        probe.publish(subject, "{\"payloadVersion\":1,".getBytes(StandardCharsets.UTF_8), AgentProbe.command());
        probe.publish(subject, new byte[] {(byte) 0xff, 0, 1}, AgentProbe.command());
        for (ObjectNode broken : List.of(elsewhere, otherType, noId)) {
            CommandExchange exchange = probe.send(subject, broken);
            probe.fence();
            if (!exchange.acks().isEmpty()) {
                faults.add("a command it had to discard was answered with " + CommandExchange.states(exchange.acks())
                        + ": " + broken);
            }
        }
        CommandExchange next = probe.send(probe.identify());
        next.awaitEnd();
        if (!next.outcome().equals("COMPLETED")) {
            faults.add("after unreadable messages identify was answered with " + next.outcome());
        }
        verdicts.judged(UNREADABLE, faults);
    }

    private static ObjectNode envelope(AgentProbe probe, ObjectNode command) {
        return HubMessage.command(probe.robot().value(), probe.now(), command);
    }
}
