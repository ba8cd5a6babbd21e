package io.fleetsdk.nats.internal.job;

import io.fleetsdk.NotFoundException;
import io.fleetsdk.nats.internal.job.ControlKeys.Entry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The entries of a queue's schedules in the bucket JOB_CONTROL. */
final class ScheduleBook {
    private final ControlKeys keys;
    private final String queue;

    ScheduleBook(ControlKeys keys, String queue) {
        this.keys = keys;
        this.queue = queue;
    }

    /** By name. */
    List<ScheduleEntry> list() {
        return keys.list(key("*"), ScheduleEntry.class).stream()
                .flatMap(entry -> entry.value().stream())
                .sorted(Comparator.comparing(ScheduleEntry::name))
                .toList();
    }

    Entry<ScheduleEntry> read(String name) {
        return keys.read(key(name), ScheduleEntry.class);
    }

    /**
     * @throws NotFoundException if there is none of this name
     */
    ScheduleEntry of(String name) {
        return read(name).value().orElseThrow(() -> missing(name));
    }

    /** Writes it over the one of its name, of which it keeps the pause and what it did last. */
    ScheduleEntry put(ScheduleEntry entry) {
        return keys.update(
                key(entry.name()),
                ScheduleEntry.class,
                before -> Optional.of(before.map(entry::after).orElse(entry)));
    }

    /**
     * @throws NotFoundException if there is none of this name
     */
    ScheduleEntry change(String name, UnaryOperator<ScheduleEntry> change) {
        return keys.update(
                key(name),
                ScheduleEntry.class,
                before -> Optional.of(change.apply(before.orElseThrow(() -> missing(name)))));
    }

    /**
     * @throws io.fleetsdk.ConflictException if somebody changed it since it was read
     */
    void replace(Entry<ScheduleEntry> read, ScheduleEntry changed) {
        keys.write(read.key(), changed, ControlKeys.after(read.revision()));
    }

    void remove(String name) {
        keys.remove(key(name));
    }

    private String key(String name) {
        return "schedule." + queue + "." + name;
    }

    private NotFoundException missing(String name) {
        return new NotFoundException("queue " + queue + " has no schedule " + name);
    }
}
