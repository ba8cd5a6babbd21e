package io.fleetsdk.nats;

import java.util.List;

/** How a broker compares with a topology. Items come in a fixed order: streams, buckets, object stores. */
public record TopologyPlan(List<Item> items) {
    /** What a declaration is about. */
    public enum Kind {
        STREAM,
        BUCKET,
        OBJECT_STORE
    }

    /** How it stands. */
    public enum Standing {
        /** There, as declared. */
        MATCHES,
        /** Not there. */
        MISSING,
        /** Was not there; has just been created. */
        CREATED,
        /** There, but not as declared. It is left as it is. */
        DIFFERS
    }

    /**
     * One declaration and what the broker holds.
     *
     * @param name in the broker
     * @param differences empty unless it differs
     */
    public record Item(Kind kind, String name, Standing standing, List<Difference> differences) {}

    /** One field that differs. */
    public record Difference(String field, String declared, String actual) {}

    public List<Item> with(Standing standing) {
        return items.stream().filter(item -> item.standing() == standing).toList();
    }

    /** Whether nothing is missing and nothing differs. */
    public boolean isSatisfied() {
        return with(Standing.MISSING).isEmpty() && with(Standing.DIFFERS).isEmpty();
    }
}
