package io.fleetsdk.nats.internal.model;

import io.fleetsdk.ConflictException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelAlias;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.nats.internal.model.RegistryBucket.Entry;
import io.fleetsdk.nats.internal.model.RegistryBucket.Guard;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The aliases of models. Each move is guarded by all keys of its model: what it points at cannot be retired meanwhile. */
final class ModelAliases {
    private final RegistryBucket bucket;
    private final Clock clock;

    ModelAliases(RegistryBucket bucket, Clock clock) {
        this.bucket = bucket;
        this.clock = clock;
    }

    /** Who moves an alias, and why. */
    record Mover(String by, String reason) {}

    /**
     * @param check throws if the version must not be pointed at
     */
    ModelAlias point(String alias, ModelRef to, AliasGuard guard, Mover mover, Consumer<ModelRef> check) {
        String name = ModelAlias.requireName(alias);
        return RegistryBucket.change(described(to.model(), name), () -> {
            Guard unchanged = bucket.guard(RegistryKeys.model(to.model()));
            Optional<ModelAlias> last = read(to.model(), name);
            requireLast(to.model(), name, guard, last);
            check.accept(to);
            return moved(to.model(), name, OptionalLong.of(to.version()), last, mover, unchanged);
        });
    }

    ModelAlias clear(String model, String alias, AliasGuard guard, Mover mover) {
        String name = ModelAlias.requireName(alias);
        return RegistryBucket.change(described(model, name), () -> {
            Guard unchanged = bucket.guard(RegistryKeys.model(model));
            Optional<ModelAlias> last = read(model, name);
            if (last.isEmpty()) {
                throw new NotFoundException(described(model, name) + " was never set");
            }
            requireLast(model, name, guard, last);
            return moved(model, name, OptionalLong.empty(), last, mover, unchanged);
        });
    }

    private static void requireLast(String model, String name, AliasGuard guard, Optional<ModelAlias> last) {
        long current = last.map(ModelAlias::move).orElse(0L);
        guard.move().ifPresent(expected -> {
            if (expected != current) {
                throw new ConflictException(described(model, name), expected, current);
            }
        });
    }

    private Optional<ModelAlias> moved(
            String model, String name, OptionalLong to, Optional<ModelAlias> last, Mover mover, Guard unchanged) {
        if (last.isPresent() && last.get().version().equals(to)) {
            return last;
        }
        ModelAlias next = new ModelAlias(
                model,
                name,
                to,
                last.map(ModelAlias::version).orElse(OptionalLong.empty()),
                1 + last.map(ModelAlias::move).orElse(0L),
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                mover.by(),
                mover.reason());
        OptionalLong revision = bucket.write(RegistryKeys.alias(model, name), next, unchanged);
        return revision.isPresent() ? Optional.of(next) : Optional.empty();
    }

    Optional<ModelAlias> read(String model, String name) {
        return bucket.read(RegistryKeys.alias(model, name), ModelAlias.class).map(Entry::value);
    }

    /** Of one model, by name. */
    List<ModelAlias> of(String model) {
        return under(RegistryKeys.aliases(model));
    }

    List<ModelAlias> all() {
        return under(RegistryKeys.allAliases());
    }

    private List<ModelAlias> under(String pattern) {
        return bucket.list(pattern, ModelAlias.class).stream()
                .map(Entry::value)
                .sorted(Comparator.comparing(ModelAlias::name))
                .toList();
    }

    List<ModelAlias> history(String model, String name) {
        return bucket.history(RegistryKeys.alias(model, name), ModelAlias.class).stream()
                .map(Entry::value)
                .sorted(Comparator.comparing(ModelAlias::move).reversed())
                .toList();
    }

    /**
     * @throws ConflictException if an alias points at the version
     */
    void requireNoneAt(ModelRef ref) {
        for (ModelAlias alias : of(ref.model())) {
            if (alias.version().equals(OptionalLong.of(ref.version()))) {
                throw new ConflictException(
                        described(ref.model(), alias.name()) + " points at " + ref + "; move it first");
            }
        }
    }

    private static String described(String model, String name) {
        return "alias " + model + "@" + name;
    }
}
