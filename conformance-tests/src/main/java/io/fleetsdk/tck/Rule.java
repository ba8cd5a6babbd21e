package io.fleetsdk.tck;

import io.fleetsdk.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One normative sentence of the written protocol.
 *
 * @param id such as {@code FP-ENV-1}; never reused
 * @param parties whom it binds
 * @param sentence as it stands in {@code docs/protocol.md}
 */
public record Rule(String id, Set<Party> parties, String sentence) {
    private static final Pattern LINE =
            Pattern.compile("(?m)^- \\*\\*(FP-[A-Z]{3}-[0-9]+)\\*\\* \\(([a-z, ]+)\\) (.+)$");
    private static final List<Rule> WRITTEN = read();

    /** A side of the wire. */
    public enum Party {
        ROBOT,
        BACKEND
    }

    public Rule {
        parties = Set.copyOf(parties);
    }

    /** Every rule, in the order of the document. */
    public static List<Rule> all() {
        return WRITTEN;
    }

    /**
     * @throws InvalidInputException if the protocol has no such rule
     */
    public static Rule of(String id) {
        return WRITTEN.stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("rule", id, "must be a rule id of docs/protocol.md"));
    }

    public boolean bindsRobots() {
        return parties.contains(Party.ROBOT);
    }

    private static List<Rule> read() {
        try (InputStream document = Rule.class.getResourceAsStream("protocol.md")) {
            if (document == null) {
                throw new IllegalStateException("protocol.md is not in the jar");
            }
            String text = new String(document.readAllBytes(), StandardCharsets.UTF_8);
            return LINE.matcher(text).results().map(Rule::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Rule read(MatchResult line) {
        Set<Party> parties = Pattern.compile(", ")
                .splitAsStream(line.group(2))
                .map(word -> Party.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Party.class)));
        return new Rule(line.group(1), parties, line.group(3));
    }
}
