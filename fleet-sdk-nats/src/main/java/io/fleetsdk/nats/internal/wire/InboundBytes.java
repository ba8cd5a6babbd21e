package io.fleetsdk.nats.internal.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What a broker sends, in whatever pieces it comes. Bytes are ready once the headers among them are known to be readable, or were made so;
 * all others pass unchanged. Not thread-safe.
 */
final class InboundBytes {
    private static final int AT_FIRST = 16 * 1024;
    private static final int LINE_END = 2;

    private byte[] bytes = new byte[AT_FIRST];
    private int start;
    /** Up to here they are ready, from here to the end they are part of a line or of headers. */
    private int checked;

    private int end;
    /** Of the message whose headers were checked last, with its line end. */
    private long payloadLeft;

    int ready() {
        return checked - start;
    }

    void add(byte[] from, int offset, int count) {
        makeRoom(count);
        System.arraycopy(from, offset, bytes, end, count);
        end += count;
        check();
    }

    int take(byte[] into, int offset, int most) {
        int count = Math.min(most, ready());
        System.arraycopy(bytes, start, into, offset, count);
        start += count;
        return count;
    }

    private void makeRoom(int count) {
        int kept = end - start;
        byte[] target = bytes.length - kept < count ? new byte[Math.max(bytes.length * 2, kept + count)] : bytes;
        System.arraycopy(bytes, start, target, 0, kept);
        bytes = target;
        checked -= start;
        start = 0;
        end = kept;
    }

    private void check() {
        boolean goesOn = true;
        while (goesOn && checked < end) {
            goesOn = payloadLeft > 0 ? passPayload() : passLine();
        }
    }

    private boolean passPayload() {
        int count = (int) Math.min(payloadLeft, end - checked);
        checked += count;
        payloadLeft -= count;
        return true;
    }

    /** False if it is not all there. */
    private boolean passLine() {
        int next = nextLine();
        if (next < 0) {
            return false;
        }
        switch (bytes[checked]) {
            case 'H' -> {
                return passHeaders(next);
            }
            case 'M' -> payloadLeft = numberBefore(next - LINE_END) + LINE_END;
            default -> payloadLeft = 0;
        }
        checked = next;
        return true;
    }

    private int nextLine() {
        for (int i = checked; i < end; i++) {
            if (bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    /** {@code HMSG <subject> <sid> [reply] <bytes of headers> <bytes in all>}, and then the headers. */
    private boolean passHeaders(int headers) {
        int total = numberBefore(headers - LINE_END);
        int sizes = endOfWordBefore(headers - LINE_END);
        int size = numberBefore(sizes);
        int body = headers + size;
        if (body > end) {
            return false;
        }
        payloadLeft = (long) total - size + LINE_END;
        if (HeaderBlock.isReadable(bytes, headers, body)) {
            checked = body;
        } else {
            byte[] readable = HeaderBlock.readable(Arrays.copyOfRange(bytes, headers, body));
            String line = new String(bytes, checked, endOfWordBefore(sizes) - checked, StandardCharsets.ISO_8859_1);
            replace(body, line + " " + readable.length + " " + (total - size + readable.length) + "\r\n", readable);
        }
        return true;
    }

    /** Where the word before this one ends; there is one space between them. */
    private int endOfWordBefore(int wordEnd) {
        int i = wordEnd - 1;
        while (i > checked && bytes[i] != ' ') {
            i--;
        }
        return i;
    }

    private int numberBefore(int wordEnd) {
        int number = 0;
        for (int i = endOfWordBefore(wordEnd) + 1; i < wordEnd; i++) {
            number = number * 10 + (bytes[i] - '0');
        }
        return number;
    }

    private void replace(int until, String line, byte[] headers) {
        byte[] rest = Arrays.copyOfRange(bytes, until, end);
        byte[] first = line.getBytes(StandardCharsets.ISO_8859_1);
        end = checked;
        put(first);
        put(headers);
        checked = end;
        put(rest);
    }

    private void put(byte[] more) {
        makeRoom(more.length);
        System.arraycopy(more, 0, bytes, end, more.length);
        end += more.length;
    }
}
