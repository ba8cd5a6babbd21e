package io.fleetsdk;

/** What was asked for does not exist, or no longer. Trying again does not help. */
public final class NotFoundException extends FleetException {
    private static final long serialVersionUID = 1L;

    public NotFoundException(String message) {
        super(message, null);
    }
}
