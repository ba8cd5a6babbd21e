package io.fleetsdk.server.rest;

import io.fleetsdk.command.StopLatch;
import java.time.Instant;
import java.util.Optional;

/** The emergency stop that holds a robot: its own, or else the fleet's. */
public record HoldDto(boolean stopped, String reason, String requestedBy, Instant at, Scope scope) {
    /** Whose stop it is. */
    public enum Scope {
        ROBOT,
        FLEET
    }

    static Optional<HoldDto> of(StopLatch own, StopLatch fleet) {
        if (own.stopped()) {
            return Optional.of(of(own, Scope.ROBOT));
        }
        return fleet.stopped() ? Optional.of(of(fleet, Scope.FLEET)) : Optional.empty();
    }

    private static HoldDto of(StopLatch latch, Scope scope) {
        return new HoldDto(latch.stopped(), latch.reason(), latch.requestedBy(), latch.at(), scope);
    }
}
