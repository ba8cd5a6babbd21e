package io.fleetsdk.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;

/**
 * The bearer tokens this server accepts. Only their SHA-256 is kept; the tokens themselves are long and random, so that
 * needs neither salt nor stretching. Immutable.
 */
public final class Tokens {
    /** A token's owner and its hash. */
    record Entry(Principal principal, byte[] sha256) {}

    private final List<Entry> entries;

    Tokens(List<Entry> entries) {
        this.entries = List.copyOf(entries);
    }

    /** One token in memory, as the demo and tests use. */
    public static Tokens of(Principal principal, String token) {
        return new Tokens(List.of(new Entry(principal, sha256(token))));
    }

    /**
     * Reads one entry per line: {@code <name> <role> <token>}, or {@code sha256:<hex>} in place of the token. Empty lines
     * and those that begin with # are skipped.
     *
     * @throws io.fleetsdk.InvalidInputException with every broken line; no message shows a token
     */
    public static Tokens parse(String text) {
        return new TokenLines().read(text);
    }

    /** Whose token this is. Takes the same time whichever entry matches, and if none does. */
    public Optional<Principal> find(String token) {
        byte[] hash = sha256(token);
        Optional<Principal> found = Optional.empty();
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(entry.sha256(), hash)) {
                found = Optional.of(entry.principal());
            }
        }
        return found;
    }

    static byte[] sha256(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
