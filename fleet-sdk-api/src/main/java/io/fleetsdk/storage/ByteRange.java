package io.fleetsdk.storage;

import io.fleetsdk.InvalidInputException;
import java.util.OptionalLong;

/**
 * A part of some content.
 *
 * @param offset of the first byte, from 0
 * @param length in bytes, at least 1; empty for all to the end. What the content is shorter is not an error
 */
public record ByteRange(long offset, OptionalLong length) {
    private static final ByteRange ALL = from(0);

    public ByteRange {
        if (offset < 0) {
            throw new InvalidInputException("offset", offset, "must be at least 0");
        }
        length.ifPresent(ByteRange::checkLength);
    }

    /** The whole content. */
    public static ByteRange all() {
        return ALL;
    }

    /** From here to the end. */
    public static ByteRange from(long offset) {
        return new ByteRange(offset, OptionalLong.empty());
    }

    /** So many bytes from here. */
    public static ByteRange of(long offset, long length) {
        return new ByteRange(offset, OptionalLong.of(length));
    }

    public boolean isAll() {
        return offset == 0 && length.isEmpty();
    }

    /** How many bytes of a content of that size it covers. */
    public long lengthIn(long size) {
        return Math.min(length.orElse(Long.MAX_VALUE), Math.max(0, size - offset));
    }

    private static void checkLength(long length) {
        if (length < 1) {
            throw new InvalidInputException("length", length, "must be at least 1");
        }
    }
}
