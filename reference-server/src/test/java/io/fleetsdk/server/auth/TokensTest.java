package io.fleetsdk.server.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class TokensTest {
    private static final String SECRET = "a-secret-0123456789";

    @Test
    void aTokenBelongsToItsOwnerAndNoOther() {
        Tokens tokens = Tokens.parse("# people\n\nann viewer " + SECRET + "\n  bob\tADMIN  another-0123456789 \r\n");
        assertThat(tokens.find(SECRET)).contains(new Principal("ann", Role.VIEWER));
        assertThat(tokens.find("another-0123456789")).contains(new Principal("bob", Role.ADMIN));
        assertThat(tokens.find(SECRET + "x")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
    }

    @Test
    void aFileMayHoldTheHashInPlaceOfTheToken() {
        String hash = HexFormat.of().formatHex(Tokens.sha256(SECRET));
        Tokens tokens = Tokens.parse("ann operator sha256:" + hash);
        assertThat(tokens.find(SECRET)).contains(new Principal("ann", Role.OPERATOR));
        assertThat(tokens.find("sha256:" + hash)).isEmpty();
    }

    @Test
    void everyBrokenLineIsNamedAndNoTokenIsShown() {
        String lines = "ann viewer " + SECRET + "\nann viewer " + SECRET + "\nbob boss " + SECRET
                + "\ncleo admin tooshort\ndan admin sha256:beef\nwhat\neve anyone " + SECRET;
        assertThatThrownBy(() -> Tokens.parse(lines)).isInstanceOfSatisfying(InvalidInputException.class, e -> {
            assertThat(e.faults())
                    .extracting(fault -> fault.field())
                    .containsExactly("line 2", "line 3", "line 4", "line 5", "line 6", "line 7");
            assertThat(e.getMessage())
                    .doesNotContain(SECRET)
                    .doesNotContain("tooshort")
                    .doesNotContain("beef");
        });
    }

    @Test
    void noTokensAtAllAreAMistake() {
        assertThatThrownBy(() -> Tokens.parse("# nobody\n")).hasMessageContaining("at least one line");
    }

    @Test
    void anUnreadableFileIsNamed() {
        assertThatThrownBy(() -> OfferedTokens.file(Path.of("nowhere")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("--token-file 'nowhere'");
    }

    @Test
    void generatedTokensDifferAndAreNotShownByAccident() {
        OfferedTokens one = OfferedTokens.generate(new Principal("demo", Role.OPERATOR));
        OfferedTokens other = OfferedTokens.generate(new Principal("demo", Role.OPERATOR));
        String token = one.generated().orElseThrow();
        assertThat(token).isNotEqualTo(other.generated().orElseThrow()).hasSizeGreaterThanOrEqualTo(32);
        assertThat(one.tokens().find(token)).isPresent();
        assertThat(one.toString()).doesNotContain(token);
    }
}
