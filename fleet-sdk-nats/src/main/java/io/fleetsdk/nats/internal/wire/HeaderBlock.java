package io.fleetsdk.nats.internal.wire;

import io.nats.client.support.IncomingHeadersProcessor;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The headers of one message as they come: {@code NATS/1.0}, lines of a name and a value, and an empty line. */
final class HeaderBlock {
    private static final Logger log = LoggerFactory.getLogger(HeaderBlock.class);

    /** Stands for a header that could not be read, with its line in Base64. */
    static final String UNREADABLE = "Fleet-Unreadable-Header";

    private static final String FIRST_LINE = "NATS/1.0\r\n";
    private static final byte[] FIRST = FIRST_LINE.getBytes(StandardCharsets.US_ASCII);

    private HeaderBlock() {}

    /** Whether they are as they should be. Quick, for it is asked of every message; some that are left can be read all the same. */
    static boolean isReadable(byte[] bytes, int from, int to) {
        if (!beginsWell(bytes, from, to)) {
            return false;
        }
        int line = from + FIRST.length;
        while (line >= 0 && line < to - 2) {
            line = afterLine(bytes, line, to);
        }
        return line == to - 2 && isLineEnd(bytes, line, to);
    }

    private static boolean beginsWell(byte[] bytes, int from, int to) {
        for (int i = 0; i < FIRST.length; i++) {
            if (from + i >= to || bytes[from + i] != FIRST[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLineEnd(byte[] bytes, int at, int to) {
        return at + 1 < to && bytes[at] == '\r' && bytes[at + 1] == '\n';
    }

    /** The start of the next line, or -1 if this is no name and value in ASCII. */
    private static int afterLine(byte[] bytes, int line, int to) {
        int i = line;
        while (i < to && bytes[i] > ' ' && bytes[i] < 0x7f && bytes[i] != ':') {
            i++;
        }
        if (i == line || i == to || bytes[i] != ':') {
            return -1;
        }
        while (++i < to && (bytes[i] >= ' ' && bytes[i] < 0x7f || bytes[i] == '\t')) {}
        return isLineEnd(bytes, i, to) ? i + 2 : -1;
    }

    /** The same headers where jnats can read them; else those lines that it can, and the others in Base64. */
    static byte[] readable(byte[] block) {
        try {
            new IncomingHeadersProcessor(block);
            return block;
        } catch (RuntimeException e) {
            log.debug("Headers of a message were rewritten: {}", e.getMessage());
            return rewritten(block);
        }
    }

    private static byte[] rewritten(byte[] block) {
        String text = new String(block, StandardCharsets.ISO_8859_1);
        return Stream.of(text.split("\r\n", -1))
                .skip(text.startsWith("NATS/1.0") ? 1 : 0)
                .filter(line -> !line.isEmpty())
                .map(HeaderBlock::readableLine)
                .collect(Collectors.joining("", FIRST_LINE, "\r\n"))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String readableLine(String line) {
        byte[] bytes = (line + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        return afterLine(bytes, 0, bytes.length) == bytes.length
                ? line + "\r\n"
                : UNREADABLE + ": "
                        + Base64.getEncoder().encodeToString(line.getBytes(StandardCharsets.ISO_8859_1))
                        + "\r\n";
    }
}
