package io.fleetsdk.server.auth;

import io.fleetsdk.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/**
 * Tokens, and the one that was made up here, if any, for its user to see once.
 *
 * @param generated the token itself
 */
public record OfferedTokens(Tokens tokens, Optional<String> generated) {
    private static final int RANDOM_BYTES = 24;

    /**
     * @throws InvalidInputException if the file cannot be read or a line is broken
     */
    public static OfferedTokens file(Path file) {
        try {
            return lines(Files.readString(file));
        } catch (IOException e) {
            throw new InvalidInputException("--token-file", file, "must be a readable text file: " + e);
        }
    }

    /** As {@link Tokens#parse}. */
    public static OfferedTokens lines(String text) {
        return new OfferedTokens(Tokens.parse(text), Optional.empty());
    }

    /** One new token. */
    public static OfferedTokens generate(Principal owner) {
        byte[] random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        return new OfferedTokens(Tokens.of(owner, token), Optional.of(token));
    }

    @Override
    public String toString() {
        return "OfferedTokens" + (generated.isPresent() ? "[generated]" : "");
    }
}
