package io.fleetsdk.tck;

import io.fleetsdk.envelope.Envelope;
import io.fleetsdk.json.JsonObject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Every envelope the robot sent in the whole run. A fault counts for the rule of the member it is in. */
final class EnvelopeVerification implements Verification {
    private static final String WHOLE = "FP-ENV-1";
    private static final String VERSION = "FP-ENV-2";
    private static final String ID = "FP-ENV-3";
    private static final String HEADER = "FP-ENV-4";
    private static final String ADDRESS = "FP-ENV-5";
    private static final String TIME = "FP-ENV-6";
    private static final String TYPE = "FP-ENV-7";
    private static final String COUNTER = "FP-ENV-8";
    private static final String SIZE = "FP-ENV-9";
    private static final String DEPTH = "FP-ENV-10";
    private static final String REPEATED_NAME = "FP-ENV-13";
    private static final String OWN_MEMBERS = "FP-VER-3";

    private static final Map<String, String> RULE_OF_MEMBER = Map.of(
            "payloadVersion", VERSION,
            "messageId", ID,
            "robotId", ADDRESS,
            "sentAt", TIME,
            "type", TYPE,
            "seq", COUNTER);
    private static final Set<String> MEMBERS =
            Set.of("payloadVersion", "messageId", "robotId", "sentAt", "correlationId", "seq", "type", "payload");

    @Override
    public Map<String, String> rules() {
        return new TreeMap<>(Map.ofEntries(
                Map.entry(WHOLE, "the text that is sent with a JSON parser and envelope.schema.json"),
                Map.entry(VERSION, "that payloadVersion is the number 1"),
                Map.entry(ID, "that each new message gets a new random UUID, and only a retry keeps the old one"),
                Map.entry(HEADER, "that the header Nats-Msg-Id is set when publishing"),
                Map.entry(ADDRESS, "that subject and envelope take the robot's id from one place"),
                Map.entry(TIME, "that times are written in UTC with Z, not local and not as numbers"),
                Map.entry(TYPE, "the table of subjects and types"),
                Map.entry(COUNTER, "that there is one counter for each type, kept on disk, raised before each message"),
                Map.entry(SIZE, "what makes the message so large, and send a reference to it"),
                Map.entry(DEPTH, "free-form objects for deep nesting"),
                Map.entry(REPEATED_NAME, "the JSON writer for members that are written twice"),
                Map.entry(OWN_MEMBERS, "the spelling of the member, or put x- before the name of an own one")));
    }

    @Override
    public void judge(AgentProbe probe, Verdicts verdicts) {
        Faults faults = new Faults(rules().keySet());
        List<Heard> said =
                probe.recording().all().stream().filter(Heard::isFromRobot).toList();
        List<Heard> messages = withoutRetries(said, faults);
        messages.forEach(message -> judge(probe, message, faults));
        judgeCounters(messages, faults);
        faults.judge(verdicts);
    }

    /** A retry is the same message once more. One id on two different messages is a fault. */
    private static List<Heard> withoutRetries(List<Heard> messages, Faults faults) {
        Map<String, Heard> byId = new HashMap<>();
        List<Heard> first = new ArrayList<>();
        for (Heard message : messages) {
            String id = message.envelope().path("messageId").asString("");
            Heard known = id.isEmpty() ? null : byId.putIfAbsent(id, message);
            if (known == null) {
                first.add(message);
            } else if (!Arrays.equals(known.body(), message.body())) {
                faults.add(ID, "messageId " + id + " was on another message before, on " + known.subject(), message);
            }
        }
        return first;
    }

    private static void judge(AgentProbe probe, Heard message, Faults faults) {
        WireText text = message.text();
        text.unreadable().ifPresent(why -> faults.add(WHOLE, why, message));
        text.repeatedName().ifPresent(why -> faults.add(REPEATED_NAME, why, message));
        if (message.body().length > Envelope.MAX_BYTES) {
            faults.add(SIZE, message.body().length + " bytes", message);
        }
        if (text.depth() > JsonObject.MAX_DEPTH) {
            faults.add(DEPTH, text.depth() + " levels", message);
        }
        if (text.unreadable().isEmpty()) {
            judgeShape(probe, message, faults);
            judgeAgreement(probe, message, faults);
            judgeOwnMembers(probe, message, faults);
        }
    }

    private static void judgeShape(AgentProbe probe, Heard message, Faults faults) {
        probe.schemas().envelopeFaults(message.envelope()).stream()
                // An acknowledgement without its command is judged with the commands.
                .filter(fault -> !fault.member().equals("correlationId"))
                .forEach(
                        fault -> faults.add(RULE_OF_MEMBER.getOrDefault(fault.member(), WHOLE), fault.text(), message));
    }

    private static void judgeAgreement(AgentProbe probe, Heard message, Faults faults) {
        Optional<String> id = text(message, "messageId");
        if (id.isPresent() && !message.messageIdHeader().equals(id)) {
            faults.add(HEADER, "Nats-Msg-Id is " + message.messageIdHeader().orElse("missing"), message);
        }
        text(message, "robotId")
                .filter(robotId -> !robotId.equals(probe.robot().value()))
                .ifPresent(robotId -> faults.add(ADDRESS, "robotId is '" + robotId + "'", message));
        text(message, "type")
                .filter(type -> !type.equals(message.type()))
                .ifPresent(type -> faults.add(TYPE, "type is '" + type + "'", message));
    }

    private static void judgeOwnMembers(AgentProbe probe, Heard message, Faults faults) {
        strangers(message.envelope(), MEMBERS)
                .forEach(name -> faults.add(OWN_MEMBERS, "member '" + name + "' is not of the protocol", message));
        boolean freeForm = message.type().equals("telemetry") && !message.isWholeSample();
        if (!freeForm) {
            strangers(message.payload(), probe.schemas().knownMembers(message.type()))
                    .forEach(name ->
                            faults.add(OWN_MEMBERS, "payload member '" + name + "' is not of the protocol", message));
        }
    }

    private static Stream<String> strangers(JsonNode object, Set<String> known) {
        return object.propertyNames().stream().filter(name -> !known.contains(name) && !name.startsWith("x-"));
    }

    private static void judgeCounters(List<Heard> messages, Faults faults) {
        Map<String, Long> highest = new HashMap<>();
        for (Heard message : messages) {
            JsonNode seq = message.envelope().path("seq");
            if (seq.isIntegralNumber()) {
                Long before = highest.put(message.type(), seq.asLong());
                if (before != null && seq.asLong() <= before) {
                    faults.add(COUNTER, "seq " + seq.asLong() + " came after " + before, message);
                }
            } else if (message.text().unreadable().isEmpty()) {
                faults.add(COUNTER, "seq is missing", message);
            }
        }
    }

    private static Optional<String> text(Heard message, String member) {
        return Optional.of(message.envelope().path(member).asString("")).filter(text -> !text.isEmpty());
    }
}
