package io.fleetsdk.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The package archives a Debian or Ubuntu machine is configured for, each as the fields of a deb822 stanza.
 *
 * @see <a href="https://manpages.debian.org/stable/apt/sources.list.5.en.html">sources.list(5)</a>
 */
record AptSources(List<Map<String, String>> stanzas) {

    private static final Pattern ONE_LINE =
            Pattern.compile("deb\\s+(?:\\[(?<options>[^]]*)]\\s+)?(?<uri>\\S+)\\s+(?<suite>\\S+)\\s*(?<components>.*)");

    /** Reads {@code sources.list} and {@code sources.list.d} of the directory, {@code /etc/apt} as a rule. */
    static AptSources read(Path directory) throws IOException {
        List<Map<String, String>> stanzas = new ArrayList<>();
        for (Path file : files(directory)) {
            String text = Files.readString(file);
            stanzas.addAll(file.toString().endsWith(".sources") ? deb822(text) : oneLine(text));
        }
        return new AptSources(stanzas.stream().filter(AptSources::isEnabled).toList());
    }

    /**
     * The archive of the distribution itself: it has the component main of the given suite. Where others have that
     * too, the one whose address names the distribution is preferred.
     */
    Optional<Map<String, String>> distribution(String id, String codename) {
        List<Map<String, String>> candidates = stanzas.stream()
                .filter(stanza -> words(stanza, "Types").contains("deb"))
                .filter(stanza -> words(stanza, "Suites").contains(codename))
                .filter(stanza -> words(stanza, "Components").contains("main"))
                .toList();
        return candidates.stream()
                .filter(stanza -> stanza.getOrDefault("URIs", "").contains(id))
                .findFirst()
                .or(() -> candidates.stream().findFirst());
    }

    private static List<Path> files(Path directory) throws IOException {
        Path parts = directory.resolve("sources.list.d");
        if (!Files.isDirectory(parts)) {
            return Stream.of(directory.resolve("sources.list"))
                    .filter(Files::isRegularFile)
                    .toList();
        }
        try (Stream<Path> entries = Files.list(parts)) {
            Stream<Path> sources = entries.filter(file -> file.toString().matches(".*\\.(list|sources)"))
                    .sorted();
            return Stream.concat(Stream.of(directory.resolve("sources.list")), sources)
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    static List<Map<String, String>> deb822(String text) {
        return Arrays.stream(text.replaceAll("(?m)^#.*\\R?", "").split("\\R\\s*\\R"))
                .map(AptSources::stanza)
                .filter(stanza -> !stanza.isEmpty())
                .toList();
    }

    /** Lines that begin with a space continue the field before them, as an inline key does. */
    private static Map<String, String> stanza(String paragraph) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String field : paragraph.strip().split("\\R(?!\\s)")) {
            int colon = field.indexOf(':');
            if (colon > 0) {
                fields.put(
                        field.substring(0, colon).strip(),
                        field.substring(colon + 1).strip());
            }
        }
        return fields;
    }

    static List<Map<String, String>> oneLine(String text) {
        return text.lines()
                .map(line -> line.replaceFirst("#.*", "").strip())
                .map(ONE_LINE::matcher)
                .filter(Matcher::matches)
                .map(AptSources::stanza)
                .toList();
    }

    private static Map<String, String> stanza(Matcher line) {
        Map<String, String> fields = new LinkedHashMap<>(Map.of(
                "Types", "deb",
                "URIs", line.group("uri"),
                "Suites", line.group("suite"),
                "Components", line.group("components")));
        option(line, "signed-by").ifPresent(keyring -> fields.put("Signed-By", keyring));
        option(line, "trusted").ifPresent(answer -> fields.put("Trusted", answer));
        return fields;
    }

    private static Optional<String> option(Matcher line, String name) {
        return Optional.ofNullable(line.group("options")).stream()
                .flatMap(options -> Arrays.stream(options.strip().split("\\s+")))
                .filter(option -> option.startsWith(name + "="))
                .map(option -> option.substring(name.length() + 1).replace(',', ' '))
                .findFirst();
    }

    private static boolean isEnabled(Map<String, String> stanza) {
        return !stanza.getOrDefault("Enabled", "yes").matches("(?i)no|false|0|off|disable|without");
    }

    private static List<String> words(Map<String, String> stanza, String field) {
        return List.of(stanza.getOrDefault(field, "").split("\\s+"));
    }
}
