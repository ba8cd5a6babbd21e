package io.fleetsdk.tck;

import io.fleetsdk.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which command the suite dares to send. In this order: the one it was told; the one whose {@code parameters} carry the
 * annotation {@value #ANNOTATION}, a payload for this very purpose; one with a harmless name, with its schema's first example or
 * without parameters. Else none: rules that need work to be done are then skipped.
 */
final class HarmlessCommand {
    static final String ANNOTATION = "x-conformance-payload";
    private static final Set<String> NAMES = Set.of("beep", "blink", "flash", "locate", "ping", "say", "wait");

    private HarmlessCommand() {}

    static Optional<ProbeCommand> of(AgentProbe probe) {
        return probe.agent().command().or(() -> offered(probe));
    }

    /** What a verification says that needs one and has none. */
    static String missing() {
        return "no harmless command is known: give --command and --payload, or annotate one in the capability with "
                + ANNOTATION;
    }

    /** The capability's entry of the command. */
    static Optional<JsonNode> entry(AgentProbe probe, ProbeCommand command) {
        return entries(probe)
                .filter(entry -> entry.path("type").asString("").equals(command.type()))
                .findFirst();
    }

    private static Optional<ProbeCommand> offered(AgentProbe probe) {
        List<JsonNode> entries = entries(probe).toList();
        Optional<ProbeCommand> annotated = entries.stream()
                .filter(entry -> entry.path("parameters").path(ANNOTATION).isObject())
                .map(entry -> probeCommand(entry, entry.path("parameters").path(ANNOTATION)))
                .findFirst();
        return annotated.or(() -> entries.stream()
                .filter(entry -> NAMES.contains(entry.path("type").asString("")))
                .flatMap(entry -> payloads(entry)
                        .filter(payload -> fits(probe, entry.path("parameters"), payload))
                        .map(payload -> probeCommand(entry, payload)))
                .findFirst());
    }

    private static Stream<JsonNode> payloads(JsonNode entry) {
        JsonNode example = entry.path("parameters").path("examples").path(0);
        return example.isObject() ? Stream.of(example) : Stream.of(HubMessage.object());
    }

    private static boolean fits(AgentProbe probe, JsonNode parameters, JsonNode payload) {
        return !parameters.isObject()
                || probe.schemas().schemaFaults(parameters).isEmpty()
                        && probe.schemas().faultsBy(parameters, payload).isEmpty();
    }

    private static Stream<JsonNode> entries(AgentProbe probe) {
        return probe.capability().stream()
                .flatMap(capability -> capability.path("commands").valueStream());
    }

    @SuppressWarnings("unchecked") // an object node becomes a map of texts to values
    private static ProbeCommand probeCommand(JsonNode entry, JsonNode payload) {
        Map<String, Object> members = JsonMapper.shared().convertValue(payload, Map.class);
        return new ProbeCommand(entry.path("type").asString(), JsonObject.of(members));
    }
}
