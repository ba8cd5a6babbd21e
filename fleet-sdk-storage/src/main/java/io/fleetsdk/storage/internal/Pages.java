package io.fleetsdk.storage.internal;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A listing that comes page by page, each fetched when the one before has been read. */
public final class Pages {
    private Pages() {}

    /**
     * The first page is fetched at once, so that what is wrong with the question is told here.
     *
     * @param fetch gives the page at a place; the first where none is named
     */
    public static <T> Stream<T> stream(Function<Optional<String>, Page<T>> fetch) {
        Optional<Page<T>> first = Optional.of(fetch.apply(Optional.empty()));
        return Stream.iterate(
                        first,
                        Optional::isPresent,
                        page -> page.flatMap(Page::next).map(place -> fetch.apply(Optional.of(place))))
                .flatMap(page -> page.stream().flatMap(some -> some.items().stream()));
    }

    /**
     * @param next where the next one is; empty for the last
     */
    public record Page<T>(List<T> items, Optional<String> next) {}
}
