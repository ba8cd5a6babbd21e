package io.fleetsdk.storage.failover;

import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.UnknownOutcomeException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.Optional;
import java.util.function.Supplier;

/** What became of a change in one store. Exactly one of both is there. */
record Outcome<T>(Optional<T> value, Optional<FleetException> problem) {

    static <T> Outcome<T> of(Supplier<T> change) {
        try {
            return new Outcome<>(Optional.of(change.get()), Optional.empty());
        } catch (CallNotPermittedException e) {
            return new Outcome<>(
                    Optional.empty(), Optional.of(new UnavailableException("the store failed too often lately", e)));
        } catch (FleetException e) {
            return new Outcome<>(Optional.empty(), Optional.of(e));
        }
    }

    boolean isDone() {
        return value.isPresent();
    }

    boolean isUnknown() {
        return problem.filter(UnknownOutcomeException.class::isInstance).isPresent();
    }

    /** For good: another store would say the same. */
    boolean isRefused() {
        return problem.isPresent()
                && !isUnknown()
                && problem.filter(UnavailableException.class::isInstance).isEmpty();
    }

    FleetException failure() {
        return problem.orElseThrow();
    }
}
