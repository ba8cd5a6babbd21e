package io.fleetsdk.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.json.ArbitraryJson;
import io.fleetsdk.json.JsonDifference;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.settings.SettingsDelta.Entry;
import io.fleetsdk.settings.SettingsDelta.State;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;

class SettingsDeltaTest {
    private static final Instant CHANGED = Instant.parse("2026-01-31T12:00:00Z");

    @Property
    void aRobotThatHasWhatIsDesiredIsInSyncWhateverElseItHas(
            @ForAll("documents") JsonObject desired,
            @ForAll("documents") JsonObject more,
            @ForAll @LongRange(min = 0, max = 3) long applied) {
        SettingsDelta delta = SettingsDelta.between(desired(2, desired), reported(applied, more.mergePatch(desired)));

        assertThat(delta.state()).isEqualTo(State.IN_SYNC);
        assertThat(delta.entries()).isEmpty();
    }

    @Property
    void whatDiffersIsPendingUntilTheRobotHasDealtWithTheRevisionAndRejectedAfter(
            @ForAll("documents") JsonObject document,
            @ForAll("documents") JsonObject actual,
            @ForAll @LongRange(min = 1, max = 3) long revision,
            @ForAll @LongRange(min = 0, max = 3) long applied) {
        JsonObject desired = document.with("speed", 1.5);
        SettingsDelta delta = SettingsDelta.between(desired(revision, desired), reported(applied, actual));

        assertThat(delta.state()).isEqualTo(applied < revision ? State.PENDING : State.REJECTED);
        assertThat(delta.desiredRevision()).isEqualTo(revision);
        assertThat(delta.appliedRevision()).isEqualTo(applied);
    }

    @Property
    void everyEntryIsADesiredLeafTheRobotDoesNotHave(
            @ForAll("documents") JsonObject desired, @ForAll("documents") JsonObject actual) {
        assertThat(SettingsDelta.between(desired(1, desired), reported(1, actual))
                        .entries())
                .allSatisfy(entry -> {
                    assertThat(JsonObject.empty().differences(desired))
                            .contains(new JsonDifference(entry.pointer(), Optional.empty(), entry.desired()));
                    assertThat(entry.reported()).isNotEqualTo(entry.desired());
                });
    }

    @Property
    void aRobotThatHasReportedNothingIsPendingIfAnythingIsDesired(@ForAll("documents") JsonObject desired) {
        SettingsDelta delta = SettingsDelta.between(desired(1, desired.with("speed", 1)), Optional.empty());
        assertThat(delta.state()).isEqualTo(State.PENDING);
        assertThat(delta.entries()).extracting(Entry::pointer).contains("/speed");

        assertThat(SettingsDelta.between(DesiredSettings.none(), Optional.empty())
                        .state())
                .isEqualTo(State.IN_SYNC);
    }

    @Example
    void aLeafInsideAnObjectTheRobotDoesNotHaveKeepsItsTimeAndTheRobotsReason() {
        DesiredSettings desired = new DesiredSettings(
                1,
                JsonObject.of("lamp", Map.of("colour", "blue", "on", true)),
                Map.of("/lamp/colour", CHANGED),
                Optional.empty());
        ReportedSettings reported = new ReportedSettings(
                1, JsonObject.empty(), Map.of("/lamp/colour", "white only", "/lamp", "there is no lamp"));

        assertThat(SettingsDelta.between(desired, Optional.of(reported)).entries())
                .containsExactlyInAnyOrder(
                        new Entry(
                                "/lamp/colour",
                                Optional.of("blue"),
                                Optional.empty(),
                                Optional.of(CHANGED),
                                Optional.of("white only")),
                        new Entry(
                                "/lamp/on",
                                Optional.of(true),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of("there is no lamp")));
    }

    @Example
    void anObjectWhoseLastMemberWasTakenAwayAsksForNothing() {
        JsonObject desired = JsonObject.of("lamp", Map.of("on", true))
                .mergePatch(JsonObject.of("lamp", JsonObject.empty().with("on", null)));

        assertThat(SettingsDelta.between(desired(2, desired), reported(2, JsonObject.empty()))
                        .state())
                .isEqualTo(State.IN_SYNC);
    }

    @Provide
    Arbitrary<JsonObject> documents() {
        return ArbitraryJson.objects();
    }

    private static DesiredSettings desired(long revision, JsonObject document) {
        return new DesiredSettings(revision, document, Map.of(), Optional.empty());
    }

    private static Optional<ReportedSettings> reported(long applied, JsonObject document) {
        return Optional.of(new ReportedSettings(applied, document, Map.of()));
    }
}
