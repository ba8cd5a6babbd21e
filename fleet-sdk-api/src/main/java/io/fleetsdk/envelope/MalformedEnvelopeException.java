package io.fleetsdk.envelope;

import io.fleetsdk.FleetException;
import org.jspecify.annotations.Nullable;

/** A message that cannot be read. It belongs in quarantine; reading it again fails again. */
public final class MalformedEnvelopeException extends FleetException {
    private static final long serialVersionUID = 1L;

    private final Malformation reason;

    public MalformedEnvelopeException(Malformation reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Malformation reason() {
        return reason;
    }
}
