package io.fleetsdk.tck;

import io.fleetsdk.UnavailableException;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A part of the protocol that an agent can be tried on. Each rule that binds a robot is in it, verified or listed as untested. */
public enum Profile {
    /** Envelope, identity, capability, status, telemetry, settings, commands and emergency stop, of a connected robot. */
    BASIC(BasicUntested.reasons());

    private final Map<String, String> untested;

    Profile(Map<String, String> untested) {
        this.untested = untested;
    }

    /**
     * Tries an agent. Harmless for the robot: see {@code conformance-tests/README.md} for all that is sent.
     *
     * @param knownFailing ids of rules that are expected to fail
     * @throws UnavailableException if there is no broker
     * @throws NoRobotException if the robot is not heard within the timeout
     * @throws InterruptedException if interrupted; an emergency stop of the run is released first
     */
    public ConformanceReport verify(AgentUnderTest agent, Set<String> knownFailing) throws InterruptedException {
        return verify(agent, knownFailing, Clock.systemUTC());
    }

    ConformanceReport verify(AgentUnderTest agent, Set<String> knownFailing, Clock clock) throws InterruptedException {
        Verdicts verdicts = new Verdicts();
        List<Verification> verifications = verifications();
        try (AgentProbe probe = AgentProbe.connect(agent, clock)) {
            if (!probe.isThere()) {
                throw new NoRobotException(agent);
            }
            for (Verification verification : verifications) {
                verification.provoke(probe, verdicts);
            }
            verifications.forEach(verification -> verification.judge(probe, verdicts));
        }
        return new ConformanceReport(this, agent, clock.instant(), results(verifications, verdicts, knownFailing));
    }

    /** The ids of the rules it verifies, each with what to look at first when it fails. */
    Map<String, String> verified() {
        Map<String, String> rules = new LinkedHashMap<>();
        verifications().forEach(verification -> rules.putAll(verification.rules()));
        return rules;
    }

    /** The ids of the rules it leaves, each with the reason. */
    Map<String, String> untested() {
        return untested;
    }

    /** In the order in which they provoke; identity and capability come first because the others read the capability. */
    private static List<Verification> verifications() {
        return List.of(
                new ProfileVerification(),
                new CommandVerification(),
                new RepetitionVerification(),
                new DeadlineVerification(),
                new CancelVerification(),
                new ReadingVerification(),
                new SettingsVerification(),
                new EmergencyStopVerification(),
                new StatusVerification(),
                new EnvelopeVerification());
    }

    private List<RuleResult> results(List<Verification> verifications, Verdicts verdicts, Set<String> knownFailing) {
        Map<String, RuleResult> byId = new LinkedHashMap<>();
        for (Verification verification : verifications) {
            verification.rules().forEach((id, hint) -> {
                Verdicts.Found found = verdicts.of(id)
                        .orElseThrow(() -> new IllegalStateException(id + " was left without a verdict"));
                byId.put(id, result(id, found.verdict(), found.reason(), hint, knownFailing));
            });
        }
        untested.forEach((id, reason) -> byId.put(id, result(id, Verdict.UNTESTED, reason, "", knownFailing)));
        List<String> order = Rule.all().stream().map(Rule::id).toList();
        return byId.values().stream()
                .sorted(Comparator.comparing(
                        result -> order.indexOf(result.rule().id())))
                .toList();
    }

    private static RuleResult result(String id, Verdict verdict, String reason, String hint, Set<String> knownFailing) {
        RuleResult.Expectation expectation =
                knownFailing.contains(id) ? RuleResult.Expectation.TO_FAIL : RuleResult.Expectation.TO_PASS;
        return new RuleResult(Rule.of(id), verdict, reason, hint, expectation);
    }
}
