package io.fleetsdk.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The archives of one release that are accepted: lines of its own {@code SHA256SUMS} file. Another release is taken by
 * replacing those lines.
 */
record PinnedChecksums(List<Pin> pins) {

    private static final Pattern LINE = Pattern.compile(
            "^(\\p{XDigit}{64}) [ *]((nats-server-(v[\\d.]+)-(\\w+-\\w+))\\.(?:tar\\.gz|zip))$", Pattern.MULTILINE);

    static PinnedChecksums shipped() {
        try (InputStream file = PinnedChecksums.class.getResourceAsStream("SHA256SUMS")) {
            return parse(new String(
                    Objects.requireNonNull(file, "SHA256SUMS is in this package")
                            .readAllBytes(),
                    StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static PinnedChecksums parse(String sums) {
        return new PinnedChecksums(LINE.matcher(sums).results().map(Pin::of).toList());
    }

    Optional<Pin> forPlatform(String platform) {
        return pins.stream().filter(pin -> pin.platform().equals(platform)).findFirst();
    }

    /**
     * One archive.
     *
     * @param directory the directory in the archive that holds the binary
     * @param tag       the release, such as {@code v2.15.0}
     */
    record Pin(String sha256, String file, String directory, String tag, String platform) {

        private static Pin of(MatchResult line) {
            return new Pin(line.group(1), line.group(2), line.group(3), line.group(4), line.group(5));
        }
    }
}
