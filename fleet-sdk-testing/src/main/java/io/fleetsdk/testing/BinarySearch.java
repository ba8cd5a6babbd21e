package io.fleetsdk.testing;

import io.fleetsdk.UnavailableException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The places of a nats-server in their order.
 *
 * @param present   places that are only looked at, first
 * @param cache     looked at next
 * @param downloads places that fetch into the cache, one process at a time
 */
record BinarySearch(List<BinarySource> present, BinaryCache cache, List<BinarySource> downloads) {

    private static final Logger log = LoggerFactory.getLogger(BinarySearch.class);

    static BinarySearch on(Machine machine) {
        BinaryCache cache = BinaryCache.of(machine);
        return new BinarySearch(
                List.of(new EnvironmentVariable(machine), new ExecutablePath(machine)),
                cache,
                List.of(ReleaseArchive.official(cache), DebianArchive.ofThisMachine(cache)));
    }

    /**
     * The first usable binary.
     *
     * @throws UnavailableException if no place has one; the message lists each place with its reason
     */
    NatsBinary find() {
        List<String> reasons = new ArrayList<>();
        return firstOf(present, reasons)
                .or(() -> firstOf(List.of(cache), reasons))
                .or(() -> fetch(reasons))
                .orElseThrow(() -> notFound(reasons));
    }

    private Optional<NatsBinary> fetch(List<String> reasons) {
        try (BinaryCache.Lock held = cache.lock()) {
            log.debug("fetching a nats-server under {}", held);
            return firstOf(List.of(cache), new ArrayList<>()).or(() -> firstOf(downloads, reasons));
        } catch (IOException e) {
            reasons.add(cache.place() + ": cannot be written: " + e);
            return Optional.empty();
        }
    }

    private static Optional<NatsBinary> firstOf(List<BinarySource> sources, List<String> reasons) {
        for (BinarySource source : sources) {
            try {
                NatsBinary found = source.find();
                log.debug("nats-server {} from {}: {}", found.version(), source.place(), found.path());
                return Optional.of(found);
            } catch (NoBinaryException e) {
                log.debug("no nats-server from {}: {}", source.place(), e.getMessage());
                reasons.add(source.place() + ": " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    private static UnavailableException notFound(List<String> reasons) {
        return new UnavailableException(
                "no nats-server " + NatsVersion.OLDEST_SUPPORTED + " or newer was found:\n  - "
                        + String.join("\n  - ", reasons) + "\nInstall one, or set " + EnvironmentVariable.NAME
                        + " to the path of one.",
                null);
    }
}
