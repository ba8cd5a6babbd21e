package io.fleetsdk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class FaultTest {
    @Property
    void whateverTheValueTheFaultIsShortAndCanBeWrittenDown(@ForAll("texts") String value) {
        String shown = Fault.of("field", value, "must be").value();

        assertThat(shown.codePointCount(0, shown.length())).isLessThanOrEqualTo(81);
        assertThat(UTF_8.newEncoder().canEncode(shown)).isTrue();
        if (UTF_8.newEncoder().canEncode(value)) {
            assertThat(value).startsWith(shown.replace("…", ""));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(100),
                Arbitraries.integers().between(70, 90).map(length -> "x".repeat(length) + "🤖"),
                Arbitraries.integers().between(70, 90).map("🤖"::repeat));
    }
}
