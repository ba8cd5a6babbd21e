package io.fleetsdk.nats.internal.model;

import io.fleetsdk.ConflictException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.internal.Require;
import io.fleetsdk.model.AliasGuard;
import io.fleetsdk.model.ModelAlias;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelManifest;
import io.fleetsdk.model.ModelQuery;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelRegistry;
import io.fleetsdk.model.ModelSignature;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.RegisteredModel;
import io.fleetsdk.model.Retirement;
import io.fleetsdk.nats.internal.model.ModelAliases.Mover;
import io.fleetsdk.nats.internal.model.RegistryBucket.Entry;
import io.fleetsdk.nats.internal.model.RegistryBucket.Guard;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The registry in its bucket. */
public final class JetStreamModels implements ModelRegistry {
    private static final Comparator<ModelVersion> HIGHEST_FIRST = Comparator.comparing(
                    (ModelVersion version) -> version.manifest().version())
            .reversed();
    private static final Comparator<ModelVersion> NEWEST_FIRST = Comparator.comparing(
                    (ModelVersion version) -> version.manifest().created())
            .reversed()
            .thenComparing(version -> version.ref().model())
            .thenComparing(HIGHEST_FIRST);

    private final ModelBroker broker;
    private final RegistryBucket bucket;
    private final ModelAliases aliases;

    public JetStreamModels(ModelBroker broker) {
        this.broker = broker;
        this.bucket = new RegistryBucket(broker);
        this.aliases = new ModelAliases(bucket, broker.clock());
    }

    /** One write, guarded by the broker: nothing else tells that the version is there. */
    @Override
    public ModelVersion publish(ModelManifest manifest, ModelFacts facts, List<ModelSignature> signatures) {
        ManifestSignatures.requireGood(manifest, signatures);
        ModelVersion version = new ModelVersion(manifest, facts, signatures, Optional.empty(), 0);
        String key = RegistryKeys.version(manifest.ref());
        OptionalLong revision = bucket.write(key, version, Guard.isNew(key));
        return withRevision(version, revision.orElseThrow(() -> taken(manifest.ref())));
    }

    private static ConflictException taken(ModelRef ref) {
        return new ConflictException("model " + ref + " is published already; a version never changes");
    }

    @Override
    public long nextVersion(String model) {
        return 1
                + bucket.keys(RegistryKeys.versions(Require.token("model", model))).stream()
                        .mapToLong(RegistryKeys::number)
                        .max()
                        .orElse(0);
    }

    @Override
    public ModelVersion sign(ModelRef ref, ModelSignature signature) {
        String key = RegistryKeys.version(ref);
        return RegistryBucket.change("model " + ref, () -> {
            ModelVersion version = required(ref);
            ManifestSignatures.requireGood(version.manifest(), List.of(signature));
            return change(version, signed(version, signature), new Guard(key, version.revision()));
        });
    }

    private static ModelVersion signed(ModelVersion version, ModelSignature signature) {
        if (version.state() == ModelState.RETIRED) {
            throw new ConflictException("model " + version.ref() + " is retired and needs no signature");
        }
        if (version.signatures().stream().anyMatch(known -> known.key().equals(signature.key()))) {
            return version;
        }
        if (version.signatures().size() == ModelVersion.MOST_SIGNATURES) {
            throw new ConflictException(
                    "model " + version.ref() + " has " + ModelVersion.MOST_SIGNATURES + " signatures already");
        }
        List<ModelSignature> signatures = new ArrayList<>(version.signatures());
        signatures.add(signature);
        return new ModelVersion(version.manifest(), version.facts(), signatures, version.retirement(), 0);
    }

    /** Guarded by all keys of the model, for an alias could come to point at it while it is being looked at. */
    @Override
    public ModelVersion retire(ModelRef ref, String by, String reason) {
        Retirement retirement = new Retirement(broker.clock().instant().truncatedTo(ChronoUnit.MILLIS), by, reason);
        return RegistryBucket.change("model " + ref, () -> {
            Guard guard = bucket.guard(RegistryKeys.model(ref.model()));
            ModelVersion version = required(ref);
            aliases.requireNoneAt(ref);
            return change(version, retired(version, retirement), guard);
        });
    }

    private static ModelVersion retired(ModelVersion version, Retirement retirement) {
        return version.state() == ModelState.RETIRED
                ? version
                : new ModelVersion(
                        version.manifest(), version.facts(), version.signatures(), Optional.of(retirement), 0);
    }

    private Optional<ModelVersion> change(ModelVersion before, ModelVersion after, Guard guard) {
        if (after == before) {
            return Optional.of(before);
        }
        OptionalLong revision = bucket.write(RegistryKeys.version(after.ref()), after, guard);
        return revision.isPresent() ? Optional.of(withRevision(after, revision.getAsLong())) : Optional.empty();
    }

    @Override
    public Optional<ModelVersion> find(ModelRef ref) {
        return bucket.read(RegistryKeys.version(ref), ModelVersion.class).map(JetStreamModels::version);
    }

    private ModelVersion required(ModelRef ref) {
        return find(ref).orElseThrow(() -> new NotFoundException("there is no model " + ref));
    }

    @Override
    public Optional<ModelVersion> find(String model, String alias) {
        return alias(model, alias)
                .map(ModelAlias::version)
                .filter(OptionalLong::isPresent)
                .flatMap(number -> find(new ModelRef(model, number.getAsLong())));
    }

    @Override
    public List<ModelVersion> versions(String model) {
        return versionsUnder(RegistryKeys.versions(Require.token("model", model)));
    }

    private List<ModelVersion> versionsUnder(String pattern) {
        return bucket.list(pattern, ModelVersion.class).stream()
                .map(JetStreamModels::version)
                .sorted(HIGHEST_FIRST)
                .toList();
    }

    @Override
    public Optional<RegisteredModel> model(String name) {
        return RegisteredModels.of(versions(name), aliases.of(name)).stream().findFirst();
    }

    @Override
    public List<RegisteredModel> models() {
        return RegisteredModels.of(versionsUnder(RegistryKeys.allVersions()), aliases.all());
    }

    @Override
    public List<ModelVersion> search(ModelQuery query) {
        String pattern = query.model().map(RegistryKeys::versions).orElseGet(RegistryKeys::allVersions);
        return versionsUnder(pattern).stream()
                .filter(query::matches)
                .sorted(NEWEST_FIRST)
                .limit(query.limit())
                .toList();
    }

    @Override
    public ModelAlias point(String alias, ModelRef to, AliasGuard guard, String by, String reason) {
        return aliases.point(alias, to, guard, new Mover(by, reason), this::requireUsable);
    }

    private void requireUsable(ModelRef ref) {
        ModelVersion version = required(ref);
        if (version.state() != ModelState.READY) {
            throw new ConflictException("model " + ref + " is " + version.state() + ": an alias points at READY ones");
        }
        if (version.manifest().isExpired(broker.clock().instant())) {
            throw new ConflictException("model " + ref + " has expired: an alias points at what may be used");
        }
    }

    @Override
    public ModelAlias clear(String model, String alias, AliasGuard guard, String by, String reason) {
        return aliases.clear(Require.token("model", model), alias, guard, new Mover(by, reason));
    }

    @Override
    public Optional<ModelAlias> alias(String model, String alias) {
        return aliases.read(Require.token("model", model), ModelAlias.requireName(alias));
    }

    @Override
    public List<ModelAlias> aliasHistory(String model, String alias) {
        return aliases.history(Require.token("model", model), ModelAlias.requireName(alias));
    }

    private static ModelVersion version(Entry<ModelVersion> entry) {
        return withRevision(entry.value(), entry.revision());
    }

    private static ModelVersion withRevision(ModelVersion version, long revision) {
        return new ModelVersion(
                version.manifest(), version.facts(), version.signatures(), version.retirement(), revision);
    }
}
