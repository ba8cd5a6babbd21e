package io.fleetsdk.tck;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Identity and capability: asked for with {@code identify}, then judged with all that were heard before. */
final class ProfileVerification implements Verification {
    @Override
    public Map<String, String> rules() {
        return new TreeMap<>(Map.of(
                "FP-IDN-1", "the identity's members against identity.schema.json",
                "FP-IDN-3", "that the handler of identify publishes the identity, and does it before it answers",
                "FP-IDN-4", "that identity, capability and status take the firmware version from one place",
                "FP-CAP-1", "the capability's members against capability.schema.json",
                "FP-CAP-3", "that the handler of identify publishes the capability too",
                "FP-CAP-4", "the list of commands for a type that is there twice",
                "FP-CAP-5", "the schemas in parameters and settingsSchema with a JSON Schema validator for 2020-12",
                "FP-CAP-6", "that every telemetry channel the robot publishes is in the capability's channels"));
    }

    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        CommandExchange identify = probe.send(probe.identify());
        identify.awaitEnd();
        judgeAnnouncement(probe, verdicts, identify, "identity", "FP-IDN-3");
        judgeAnnouncement(probe, verdicts, identify, "capability", "FP-CAP-3");
    }

    @Override
    public void judge(AgentProbe probe, Verdicts verdicts) {
        judgePayloads(probe, verdicts, "identity", "FP-IDN-1");
        judgePayloads(probe, verdicts, "capability", "FP-CAP-1");
        judgeFirmware(probe, verdicts);
        probe.capability()
                .ifPresentOrElse(
                        capability -> judgeCapability(probe, verdicts, capability),
                        () -> verdicts.skipRest(this, "no capability was heard"));
    }

    private static void judgeAnnouncement(
            AgentProbe probe, Verdicts verdicts, CommandExchange identify, String type, String ruleId)
            throws InterruptedException {
        Optional<Heard> announced =
                probe.recording().await(identify.mark(), heard -> heard.type().equals(type), probe.timeout());
        if (announced.isPresent()) {
            verdicts.passed(ruleId);
        } else if (identify.outcome().equals("COMPLETED")) {
            verdicts.failed(ruleId, "identify was COMPLETED, but no " + type + " came within " + probe.timeoutText());
        } else {
            verdicts.skipped(ruleId, "identify was not carried out: " + identify.outcome());
        }
    }

    static void judgePayloads(AgentProbe probe, Verdicts verdicts, String type, String ruleId) {
        judgePayloads(probe, verdicts, probe.recording().ofType(type), ruleId);
    }

    static void judgePayloads(AgentProbe probe, Verdicts verdicts, List<Heard> messages, String ruleId) {
        List<Heard> readable =
                messages.stream().filter(heard -> heard.payload().isObject()).toList();
        if (readable.isEmpty()) {
            verdicts.skipped(ruleId, "no such message was heard");
            return;
        }
        verdicts.judged(
                ruleId,
                readable.stream()
                        .flatMap(heard -> probe.schemas().payloadFaults(heard.type(), heard.payload()).stream()
                                .map(fault -> "payload " + fault.text() + ", in " + heard))
                        .toList());
    }

    private static void judgeFirmware(AgentProbe probe, Verdicts verdicts) {
        Map<String, Set<String>> byType = new TreeMap<>();
        probe.recording().all().stream()
                .filter(heard -> Set.of("identity", "capability", "status").contains(heard.type()))
                .filter(heard -> !heard.word("firmwareVersion").isEmpty())
                .forEach(heard -> byType.computeIfAbsent(heard.type(), type -> new TreeSet<>())
                        .add(heard.word("firmwareVersion")));
        Set<String> versions = new HashSet<>();
        byType.values().forEach(versions::addAll);
        if (byType.size() < 2) {
            verdicts.skipped("FP-IDN-4", "fewer than two of identity, capability and status were heard");
        } else {
            verdicts.judged(
                    "FP-IDN-4", versions.size() == 1 ? List.of() : List.of("firmwareVersion differs: " + byType));
        }
    }

    private static void judgeCapability(AgentProbe probe, Verdicts verdicts, JsonNode capability) {
        List<JsonNode> commands = capability.path("commands").valueStream().toList();
        verdicts.judged("FP-CAP-4", repeated(commands));
        verdicts.judged("FP-CAP-5", schemaFaults(probe, capability, commands));
        verdicts.judged("FP-CAP-6", unlistedChannels(probe, capability));
    }

    private static List<String> repeated(List<JsonNode> commands) {
        Set<String> seen = new HashSet<>();
        return commands.stream()
                .map(command -> command.path("type").asString(""))
                .filter(type -> !seen.add(type))
                .map(type -> "commands lists type '" + type + "' more than once")
                .toList();
    }

    private static List<String> schemaFaults(AgentProbe probe, JsonNode capability, List<JsonNode> commands) {
        List<String> faults = new ArrayList<>(schemaFaults(probe, "settingsSchema", capability.path("settingsSchema")));
        commands.forEach(command -> faults.addAll(
                schemaFaults(probe, "parameters of " + command.path("type").asString(""), command.path("parameters"))));
        return faults;
    }

    private static List<String> schemaFaults(AgentProbe probe, String where, JsonNode schema) {
        Stream<WireSchemas.Fault> faults =
                schema.isObject() ? probe.schemas().schemaFaults(schema).stream() : Stream.empty();
        return faults.map(fault -> where + " " + fault.text()).toList();
    }

    private static List<String> unlistedChannels(AgentProbe probe, JsonNode capability) {
        Set<String> listed = new HashSet<>();
        capability
                .path("channels")
                .valueStream()
                .forEach(channel -> listed.add(channel.path("name").asString("")));
        return probe.recording().ofType("telemetry").stream()
                .filter(heard -> !heard.isWholeSample())
                .map(heard -> heard.subject().substring(heard.subject().lastIndexOf('.') + 1))
                .distinct()
                .filter(channel -> !listed.contains(channel))
                .map(channel -> "channel '" + channel + "' is published and not in the capability")
                .toList();
    }
}
