package io.fleetsdk.nats.internal.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.nats.client.impl.Headers;
import io.nats.client.support.IncomingHeadersProcessor;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class InboundBytesTest {
    private static final String INFO = "INFO {\"server_name\":\"Größe\"}\r\n";

    @Property(tries = 300)
    void whatIsAsItShouldBePassesUnchangedInWhateverPiecesItComes(
            @ForAll("sound") List<String> frames, @ForAll @IntRange(min = 1, max = 70) int piece) {
        String sent = INFO + String.join("PING\r\n", frames);
        assertThat(passed(sent, piece)).isEqualTo(sent);
    }

    @Property(tries = 500)
    void whateverStandsInHeadersCanBeReadAndWhatFollowsIsUntouched(
            @ForAll("anyText") String name,
            @ForAll("anyText") String value,
            @ForAll("anyText") String body,
            @ForAll @IntRange(min = 1, max = 70) int piece) {
        String strange = hmsg("NATS/1.0\r\nA: 1\r\n" + name + ":" + value + "\r\n\r\n", body);

        String passed = passed(strange + "PING\r\n", piece);

        assertThat(headersOf(passed).getFirst("A")).isEqualTo("1");
        assertThat(passed).endsWith(body + "\r\nPING\r\n");
    }

    @Test
    void aHeaderThatCannotBeReadIsKeptInBase64BesideTheOthers() {
        String passed = passed(hmsg("NATS/1.0\r\nA: 1\r\nGröße: 2\r\nB: 3\r\n\r\n", "body"), 1_000);

        assertThat(passed)
                .isEqualTo(hmsg("NATS/1.0\r\nA: 1\r\nFleet-Unreadable-Header: R3L232U6IDI=\r\nB: 3\r\n\r\n", "body"));
    }

    @Test
    void statusesPass() {
        String status = "HMSG inbox 1 16 16\r\nNATS/1.0 503\r\n\r\n\r\n";
        assertThat(passed(status, 7)).isEqualTo(status);
    }

    @Provide
    Arbitrary<List<String>> sound() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(40);
        Arbitrary<String> plain =
                anyText().map(body -> "MSG a.b 12 reply.to " + body.length() + "\r\n" + body + "\r\n");
        Arbitrary<String> headed = Combinators.combine(text, anyText())
                .as((value, body) -> hmsg("NATS/1.0\r\nName: " + value + "\r\nOther:\r\n\r\n", body));
        return Arbitraries.oneOf(plain, headed).list().ofMaxSize(6);
    }

    @Provide
    Arbitrary<String> anyText() {
        return Arbitraries.strings()
                .withCharRange('\0', 'ÿ')
                .withChars('\r', '\n', ':', ' ')
                .ofMaxLength(60);
    }

    private static String hmsg(String headers, String body) {
        return "HMSG a.b 12 reply.to " + headers.length() + " " + (headers.length() + body.length()) + "\r\n" + headers
                + body + "\r\n";
    }

    private static Headers headersOf(String frame) {
        int from = frame.indexOf("\r\n") + 2;
        int size = Integer.parseInt(frame.substring(0, from - 2).split(" ")[4]);
        return new IncomingHeadersProcessor(frame.substring(from, from + size).getBytes(ISO_8859_1)).getHeaders();
    }

    private static String passed(String sent, int piece) {
        InboundBytes inbound = new InboundBytes();
        StringBuilder passed = new StringBuilder();
        byte[] bytes = sent.getBytes(ISO_8859_1);
        byte[] taken = new byte[17];
        for (int from = 0; from < bytes.length; from += piece) {
            inbound.add(bytes, from, Math.min(piece, bytes.length - from));
            while (inbound.ready() > 0) {
                passed.append(new String(taken, 0, inbound.take(taken, 0, taken.length), ISO_8859_1));
            }
        }
        return passed.toString();
    }
}
