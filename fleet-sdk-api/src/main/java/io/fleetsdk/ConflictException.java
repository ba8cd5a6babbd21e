package io.fleetsdk;

/** Somebody else changed it first. Nothing was applied; {@link #currentRevision()} is what to read and build on. */
public final class ConflictException extends FleetException {
    private static final long serialVersionUID = 1L;

    private final long currentRevision;

    public ConflictException(String what, long expectedRevision, long currentRevision) {
        super(what + ": expected revision " + expectedRevision + ", current revision is " + currentRevision, null);
        this.currentRevision = currentRevision;
    }

    public ConflictException(String message) {
        super(message, null);
        this.currentRevision = 0;
    }

    /** The revision found, or 0 where the conflict is not about a revision. */
    public long currentRevision() {
        return currentRevision;
    }
}
