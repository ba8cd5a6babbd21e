package io.fleetsdk.tck;

import io.fleetsdk.protocol.FleetSubjects;
import io.nats.client.PublishOptions;
import io.nats.client.api.MessageInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Desired and reported settings. Harmless: the document that is in force is desired again under new revisions, and stands as
 * the newest one at the end; only a member the robot's own schema forbids is ever added, and taken away again.
 */
final class SettingsVerification implements Verification {
    private static final String REVISION = "appliedRevision";
    private static final int BURST = 3;
    private static final String UNKNOWN_SETTING = "x-conformance";

    private long revision;

    @Override
    public Map<String, String> rules() {
        return new TreeMap<>(Map.of(
                "FP-SET-3", "the reported members against settings.reported.schema.json",
                "FP-SET-4", "that each newer desired document is dealt with, also when several come at once",
                "FP-SET-5", "that reported settings are published after each desired revision, with its number",
                "FP-SET-6", "that a desired value that was not applied is named in errors by its JSON pointer",
                "FP-SET-7", "that the revision is compared with the last one dealt with, and kept on disk"));
    }

    @Override
    public void provoke(AgentProbe probe, Verdicts verdicts) throws InterruptedException {
        ObjectNode settings = inForce(probe);
        revision = Math.max(desiredRevision(probe), highestReported(probe));
        long first = desire(probe, settings);
        if (awaitApplied(probe, first).isEmpty()) {
            verdicts.failed(
                    "FP-SET-5",
                    "desired revision " + first + " was not reported as appliedRevision within " + probe.timeoutText()
                            + "; reported since: " + reportedRevisions(probe));
            return;
        }
        verdicts.passed("FP-SET-5");
        judgeNewest(probe, verdicts, settings);
        judgeOlder(probe, verdicts, settings, first);
        judgeRefused(probe, verdicts, settings);
        desire(probe, settings);
        awaitApplied(probe, revision);
    }

    @Override
    public void judge(AgentProbe probe, Verdicts verdicts) {
        List<Heard> reported = probe.recording().ofType("settings.reported");
        List<String> faults = reported.stream()
                .filter(heard -> heard.payload().isObject())
                .flatMap(heard -> probe.schemas().payloadFaults(heard.type(), heard.payload()).stream()
                        // A wrong or missing revision is judged by FP-SET-5.
                        .filter(fault -> !fault.member().equals(REVISION))
                        .map(fault -> "payload " + fault.text() + ", in " + heard))
                .toList();
        if (reported.isEmpty()) {
            verdicts.skipped("FP-SET-3", "no reported settings were heard");
        } else {
            verdicts.judged("FP-SET-3", faults);
        }
        judgeFalling(reported, verdicts);
        verdicts.skipRest(this, "no desired revision was reported: see FP-SET-5");
    }

    private void judgeNewest(AgentProbe probe, Verdicts verdicts, ObjectNode settings) throws InterruptedException {
        for (int i = 0; i < BURST; i++) {
            desire(probe, settings);
        }
        verdicts.judged(
                "FP-SET-4",
                awaitApplied(probe, revision).isPresent()
                        ? List.of()
                        : List.of(BURST + " desired revisions came at once; the newest, " + revision
                                + ", was not reported; reported were " + reportedRevisions(probe)));
    }

    /** The older revision is the stored one for a moment; the newest comes back right after. */
    private void judgeOlder(AgentProbe probe, Verdicts verdicts, ObjectNode settings, long older)
            throws InterruptedException {
        publish(probe, settings, older);
        desire(probe, settings);
        if (awaitApplied(probe, revision).isPresent()) {
            verdicts.passed("FP-SET-7");
        }
    }

    private void judgeRefused(AgentProbe probe, Verdicts verdicts, ObjectNode settings) throws InterruptedException {
        JsonNode schema = probe.capability().map(c -> c.path("settingsSchema")).orElse(HubMessage.object());
        ObjectNode refused = settings.deepCopy();
        refused.put(UNKNOWN_SETTING, true);
        boolean forbids = schema.isObject()
                && probe.schemas().schemaFaults(schema).isEmpty()
                && !probe.schemas().faultsBy(schema, refused).isEmpty();
        if (!forbids) {
            verdicts.skipped("FP-SET-6", "the settingsSchema of the capability allows any further member");
            return;
        }
        Optional<Heard> reported = awaitApplied(probe, desire(probe, refused));
        boolean named =
                reported.isPresent() && reported.get().payload().path("errors").has("/" + UNKNOWN_SETTING);
        verdicts.judged(
                "FP-SET-6",
                named
                        ? List.of()
                        : List.of("a desired member the settingsSchema forbids is not named in errors as /"
                                + UNKNOWN_SETTING + "; reported was "
                                + reported.map(heard -> heard.payload().toString())
                                        .orElse("nothing")));
    }

    private static void judgeFalling(List<Heard> reported, Verdicts verdicts) {
        List<String> faults = new ArrayList<>();
        OptionalLong last = OptionalLong.empty();
        for (Heard heard : reported) {
            JsonNode next = heard.payload().path(REVISION);
            if (next.isIntegralNumber()) {
                if (last.isPresent() && next.asLong() < last.getAsLong()) {
                    faults.add("appliedRevision fell from " + last.getAsLong() + " to " + next.asLong());
                }
                last = OptionalLong.of(next.asLong());
            }
        }
        if (!faults.isEmpty()) {
            verdicts.judged("FP-SET-7", faults);
        }
    }

    private long desire(AgentProbe probe, ObjectNode settings) {
        publish(probe, settings, ++revision);
        return revision;
    }

    private static void publish(AgentProbe probe, ObjectNode settings, long number) {
        ObjectNode payload = HubMessage.object().put("revision", number);
        payload.set("settings", settings);
        payload.put("requestedBy", "conformance");
        probe.publish(
                FleetSubjects.settingsDesired(probe.robot()),
                HubMessage.of("settings.desired", probe.robot().value(), probe.now(), payload),
                PublishOptions.builder());
    }

    private static Optional<Heard> awaitApplied(AgentProbe probe, long number) throws InterruptedException {
        return probe.recording()
                .await(
                        0,
                        heard -> heard.type().equals("settings.reported")
                                && heard.payload().path(REVISION).isIntegralNumber()
                                && heard.payload().path(REVISION).asLong() == number,
                        probe.timeout());
    }

    /** What is desired, else what the robot says it is set to. */
    private static ObjectNode inForce(AgentProbe probe) {
        return stored(probe, FleetSubjects.settingsDesired(probe.robot()))
                .or(() -> stored(probe, FleetSubjects.settingsReported(probe.robot())))
                .map(payload -> payload.path("settings"))
                .filter(JsonNode::isObject)
                .map(settings -> (ObjectNode) settings.deepCopy())
                .orElseGet(HubMessage::object);
    }

    private static long desiredRevision(AgentProbe probe) {
        return stored(probe, FleetSubjects.settingsDesired(probe.robot()))
                .map(payload -> payload.path("revision").asLong(0))
                .orElse(0L);
    }

    private static long highestReported(AgentProbe probe) {
        LongStream heard = probe.recording().ofType("settings.reported").stream()
                .mapToLong(reported -> reported.payload().path(REVISION).asLong(0));
        LongStream kept = stored(probe, FleetSubjects.settingsReported(probe.robot())).stream()
                .mapToLong(payload -> payload.path(REVISION).asLong(0));
        return LongStream.concat(heard, kept).max().orElse(0);
    }

    private static Optional<JsonNode> stored(AgentProbe probe, String subject) {
        return probe.hub()
                .last(subject)
                .map(MessageInfo::getData)
                .map(body -> WireText.of(body).json().path("payload"));
    }

    private static String reportedRevisions(AgentProbe probe) {
        List<String> all = probe.recording().ofType("settings.reported").stream()
                .map(heard -> heard.payload().path(REVISION).asString("none"))
                .toList();
        return all.isEmpty() ? "nothing" : String.join(", ", all);
    }
}
