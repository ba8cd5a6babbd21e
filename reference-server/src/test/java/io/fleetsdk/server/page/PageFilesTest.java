package io.fleetsdk.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be said of the page's files without a browser. */
class PageFilesTest {
    private static final Pattern IMPORT = Pattern.compile("(?m)^import .*?from '\\./([^']+)';");
    private static final Pattern LAZY = Pattern.compile("import\\('\\./([^']+)'\\)");
    private static final Pattern LINKED = Pattern.compile("(?:src|href)=\"/([^\"#]+)\"");
    private static final Pattern WEBJAR = Pattern.compile("'(/webjars/[^']+)'");
    private static final long FIRST_VIEW_BYTES = 200_000;

    private final Map<String, String> files = pageFiles();

    @Test
    void everyFileThePageNamesIsThere() {
        assertThat(files.keySet()).containsAll(found(LINKED, "index.html"));
        modules()
                .forEach(module -> assertThat(files.keySet())
                        .as("imports of %s", module)
                        .containsAll(imports(module, IMPORT, LAZY)));
    }

    @Test
    void everyModuleIsReachedFromTheStart() {
        assertThat(modules())
                .containsExactlyInAnyOrderElementsOf(union(Set.of("js/theme.js"), reached("js/app.js", IMPORT, LAZY)));
    }

    @Test
    void whatShowsJobsModelsAndTrainingIsFetchedWithThem() {
        assertThat(reached("js/app.js", IMPORT))
                .doesNotContain("js/jobs.js", "js/job-table.js", "js/models.js", "js/model-table.js", "js/training.js");
        assertThat(imports("js/views.js", LAZY)).containsExactly("js/jobs.js", "js/models.js", "js/training.js");
    }

    /** The version is part of the address, so a new version in the build has to be named in the page as well. */
    @Test
    void thePlottingLibraryIsTheOneInTheBuild() {
        List<String> libraries = found(WEBJAR, "js/charts.js");
        assertThat(libraries).hasSize(1);
        assertThat(PageFilesTest.class.getResource("/META-INF/resources" + libraries.get(0)))
                .as(libraries.get(0))
                .isNotNull();
    }

    @Test
    void nothingIsReadAsMarkupOrRunAsText() {
        files.forEach((name, text) -> assertThat(text)
                .as(name)
                .doesNotContain(
                        "innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "new Function"));
    }

    @Test
    void nothingComesFromElsewhere() {
        files.forEach((name, text) -> assertThat(text.replace("http://www.w3.org/2000/svg", ""))
                .as(name)
                .doesNotContainPattern("https?://|@import|url\\("));
    }

    @Test
    void thePageHasNoInlineScriptOrStyle() {
        assertThat(files.get("index.html"))
                .doesNotContainPattern("(?s)<script[^>]*>[^<]")
                .doesNotContain("<style", " style=", "javascript:")
                .doesNotContainPattern(" on[a-z]+=");
    }

    @Test
    void theFirstViewIsLight() {
        Set<String> first = union(Set.copyOf(found(LINKED, "index.html")), reached("js/app.js", IMPORT));
        assertThat(first.stream()
                        .mapToLong(
                                name -> Objects.requireNonNull(files.get(name)).getBytes(UTF_8).length)
                        .sum())
                .isLessThan(FIRST_VIEW_BYTES);
    }

    /** The module and all that it brings along. */
    private Set<String> reached(String start, Pattern... ways) {
        Set<String> reached = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            String module = open.remove();
            if (reached.add(module)) {
                open.addAll(imports(module, ways));
            }
        }
        return reached;
    }

    private List<String> imports(String module, Pattern... ways) {
        return Stream.of(ways)
                .flatMap(way -> found(way, module).stream())
                .map("js/"::concat)
                .toList();
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new TreeSet<>(one);
        all.addAll(other);
        return all;
    }

    private Stream<String> modules() {
        return files.keySet().stream().filter(name -> name.startsWith("js/"));
    }

    private List<String> found(Pattern pattern, String file) {
        return pattern.matcher(Objects.requireNonNull(files.get(file), file))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static Map<String, String> pageFiles() {
        try {
            Path root = Path.of(Objects.requireNonNull(PageFilesTest.class.getResource("/page"))
                    .toURI());
            Map<String, String> files = new TreeMap<>();
            try (Stream<Path> paths = Files.walk(root).filter(Files::isRegularFile)) {
                for (Path path : paths.toList()) {
                    files.put(root.relativize(path).toString().replace('\\', '/'), Files.readString(path));
                }
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
