package io.fleetsdk.robot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.telemetry.TelemetryChannel;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** FP-NAM of docs/protocol.md. */
class NamesTest {
    private static final String FIRST = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final List<String> RESERVED = List.of("ack", "all", "tag", "zone", "desired", "reported");

    @Property
    void aTokenIsARobotIdAndAChannelAndNothingElseIs(@ForAll("names") String name) {
        assertThat(accepts(() -> new TelemetryChannel(name))).isEqualTo(isToken(name));
        assertThat(accepts(() -> RobotId.of(name))).isEqualTo(isToken(name) && !RESERVED.contains(name));
    }

    @Example
    void whatLooksLikeATokenIsNone() {
        List.of("", "-a", "_a", "RB-1\n", "RB 1", "RB.1", "RB*", ">", "ＲＢ", "RB٣", "é", "a".repeat(65))
                .forEach(name -> assertThatThrownBy(() -> RobotId.of(name))
                        .isInstanceOf(InvalidInputException.class)
                        .hasMessageContaining("robotId '" + name + "' must be"));
        assertThat(RobotId.of("a".repeat(64))).hasToString("a".repeat(64));
    }

    @Property
    void aLabelIsTextOf1To256CharactersWithoutControlCharacters(@ForAll("texts") String text) {
        int length = text.codePointCount(0, text.length());
        boolean isLabel = length >= 1
                && length <= 256
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || c >= 0xd800 && c <= 0xdfff);

        assertThat(accepts(() -> identity(text))).isEqualTo(isLabel);
        assertThat(accepts(() -> tagged(Set.of(text)))).isEqualTo(isLabel);
    }

    @Example
    void aCharacterThatIsNewerThanThisPlatformIsALabel() {
        assertThat(identity("\ud83e\udee9").model()).isEqualTo("\ud83e\udee9");
    }

    @Property
    void theSameTagsAreInTheSameOrder(@ForAll("tags") Set<String> tags) {
        assertThat(List.copyOf(tagged(tags).tags())).isSorted().containsExactlyInAnyOrderElementsOf(tags);
    }

    @Provide
    Arbitrary<String> names() {
        Arbitrary<String> likely = Arbitraries.strings()
                .withChars(FIRST)
                .withChars("_-")
                .ofMinLength(0)
                .ofMaxLength(66);
        return Arbitraries.oneOf(
                likely, Arbitraries.strings().ofMaxLength(3), Arbitraries.of(RESERVED), Arbitraries.of("ALL", "acks"));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(4),
                Arbitraries.strings().withCharRange(' ', '~').ofMinLength(250).ofMaxLength(260),
                Arbitraries.integers().between(250, 260).map("🤖"::repeat));
    }

    @Provide
    Arbitrary<Set<String>> tags() {
        return Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4).set();
    }

    private static boolean accepts(Runnable construction) {
        try {
            construction.run();
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private static boolean isToken(String name) {
        return !name.isEmpty()
                && name.length() <= 64
                && FIRST.indexOf(name.charAt(0)) >= 0
                && name.chars().allMatch(c -> FIRST.indexOf(c) >= 0 || c == '_' || c == '-');
    }

    private static RobotIdentity identity(String model) {
        return new RobotIdentity(model, "v", "1", Optional.empty(), JsonObject.empty());
    }

    private static RobotMetadata tagged(Set<String> tags) {
        return MetadataUpdate.builder().tags(tags).build().appliedTo(RobotMetadata.none());
    }
}
