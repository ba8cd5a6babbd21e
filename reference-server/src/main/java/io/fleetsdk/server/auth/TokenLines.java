package io.fleetsdk.server.auth;

import io.fleetsdk.Fault;
import io.fleetsdk.InvalidInputException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the lines of a token file and collects every fault. Used once. */
final class TokenLines {
    private static final int SHORTEST_TOKEN = 16;
    private static final String HASHED = "sha256:";
    private static final Pattern SHA256 = Pattern.compile("[0-9a-fA-F]{64}");
    private static final Pattern SPACE = Pattern.compile("\\s+");

    private final List<Fault> faults = new ArrayList<>();
    private final List<Tokens.Entry> entries = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    Tokens read(String text) {
        List<String> lines = text.lines().map(String::strip).toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (!line.isEmpty() && !line.startsWith("#")) {
                entry("line " + (i + 1), SPACE.split(line));
            }
        }
        if (entries.isEmpty() && faults.isEmpty()) {
            faults.add(Fault.of("tokens", "empty", "must have at least one line '<name> <role> <token>'"));
        }
        if (!faults.isEmpty()) {
            throw new InvalidInputException(faults);
        }
        return new Tokens(entries);
    }

    private void entry(String where, String[] words) {
        if (words.length != 3) {
            faults.add(Fault.of(where, words.length + " words", "must be '<name> <role> <token>'"));
            return;
        }
        if (!names.add(words[0])) {
            faults.add(Fault.of(where, words[0], "must be a name not used in another line"));
        }
        Optional<Role> role = Role.ofToken(words[1]);
        if (role.isEmpty()) {
            faults.add(Fault.of(where, words[1], "must be a role: viewer, operator or admin"));
        }
        Optional<byte[]> hash = hash(words[2]);
        if (hash.isEmpty()) {
            faults.add(Fault.of(
                    where,
                    "token of " + words[0],
                    "must have " + SHORTEST_TOKEN + " characters at least, or be " + HASHED
                            + " and 64 hexadecimal digits"));
        }
        if (role.isPresent() && hash.isPresent()) {
            entries.add(new Tokens.Entry(new Principal(words[0], role.get()), hash.get()));
        }
    }

    private static Optional<byte[]> hash(String token) {
        if (token.startsWith(HASHED)) {
            String hex = token.substring(HASHED.length());
            return SHA256.matcher(hex).matches() ? Optional.of(HexFormat.of().parseHex(hex)) : Optional.empty();
        }
        return token.length() < SHORTEST_TOKEN ? Optional.empty() : Optional.of(Tokens.sha256(token));
    }
}
