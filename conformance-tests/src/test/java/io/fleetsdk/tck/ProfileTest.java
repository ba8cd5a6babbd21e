package io.fleetsdk.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfileTest {
    @Test
    void everyRuleThatBindsARobotIsVerifiedOrListedAsUntestedAndNoOtherIs() {
        List<String> bindsRobots =
                Rule.all().stream().filter(Rule::bindsRobots).map(Rule::id).toList();

        assertThat(Profile.BASIC.verified().keySet())
                .doesNotContainAnyElementsOf(Profile.BASIC.untested().keySet());
        assertThat(bindsRobots)
                .containsAll(Profile.BASIC.verified().keySet())
                .containsAll(Profile.BASIC.untested().keySet())
                .hasSize(Profile.BASIC.verified().size()
                        + Profile.BASIC.untested().size());
    }

    @Test
    void everyVerifiedRuleSaysWhereToLookAndEveryUntestedOneWhy() {
        assertThat(Profile.BASIC.verified().values()).allMatch(hint -> !hint.isBlank());
        assertThat(Profile.BASIC.untested().values()).allMatch(reason -> !reason.isBlank());
    }

    @Test
    void noPermissionOrRecommendationIsVerified() {
        assertThat(Profile.BASIC.verified().keySet())
                .allMatch(id -> Rule.of(id).sentence().contains("MUST"));
    }

    @Test
    void theRulesAreThoseOfTheDocument() throws Exception {
        String document = Files.readString(Path.of("../docs/protocol.md"));

        assertThat(Rule.all()).hasSizeGreaterThan(80).allMatch(rule -> document.contains(rule.sentence()));
        assertThat(Rule.of("FP-ENV-2").sentence()).isEqualTo("`payloadVersion` MUST be 1.");
    }

    @Test
    void anUnknownRuleIsRefusedByName() {
        assertThatThrownBy(() -> Rule.of("FP-XYZ-1"))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("FP-XYZ-1");
    }
}
