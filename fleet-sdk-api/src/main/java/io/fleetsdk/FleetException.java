package io.fleetsdk;

import org.jspecify.annotations.Nullable;

/**
 * The root of all failures this SDK reports. Its subclasses say what a caller does next:
 *
 * <ul>
 *   <li>{@link InvalidInputException}: correct the named fields; sending the same again fails again
 *   <li>{@link ConflictException}: read the current state, decide, try with its revision
 *   <li>{@link NotFoundException}: what was asked for is not there (any more)
 *   <li>{@link UnavailableException}: nothing was done; try again later
 *   <li>{@link UnknownOutcomeException}: it may or may not have been done; look before trying again
 * </ul>
 */
public abstract class FleetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String message;

    protected FleetException(String message, @Nullable Throwable cause) {
        super(message, cause);
        this.message = message;
    }

    /** Never null: what went wrong, with field, value and rule where input is to blame. */
    @Override
    public final String getMessage() {
        return message;
    }
}
