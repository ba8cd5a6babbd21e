package io.fleetsdk.storage;

import java.util.List;

/** How a store compares with a layout, bucket by bucket in the order of the layout. */
public record StoragePlan(List<Item> items) {
    /** How it stands. */
    public enum Standing {
        /** There, as declared. */
        MATCHES,
        /** Not there. */
        MISSING,
        /** Was not there; has just been created. */
        CREATED,
        /** There, but not as declared. It is left as it is. */
        DIFFERS,
        /** The store knows no such thing, and does without. */
        NOT_OFFERED
    }

    public StoragePlan {
        items = List.copyOf(items);
    }

    /**
     * One declaration.
     *
     * @param what {@code bucket}, {@code versions} or the rule
     * @param found what is there instead, where it differs; else empty
     */
    public record Item(String bucket, String what, Standing standing, String found) {}

    public List<Item> with(Standing standing) {
        return items.stream().filter(item -> item.standing() == standing).toList();
    }

    /** Whether nothing is missing and nothing differs. What the store does not offer does not count. */
    public boolean isSatisfied() {
        return with(Standing.MISSING).isEmpty() && with(Standing.DIFFERS).isEmpty();
    }
}
