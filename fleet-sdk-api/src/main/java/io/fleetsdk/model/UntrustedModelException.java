package io.fleetsdk.model;

import io.fleetsdk.FleetException;

/** A model must not be used. Trying again does not help; {@link #reason()} tells what would. */
public final class UntrustedModelException extends FleetException {
    private static final long serialVersionUID = 1L;

    /** Why a model must not be used. */
    public enum Reason {
        /** Nobody has signed it: have it signed. */
        UNSIGNED,
        /** Nobody trusted has signed it: have it signed with a trusted key, or trust that key. */
        UNKNOWN_KEY,
        /** A trusted key's signature does not belong to this manifest: one of the two was changed. */
        TAMPERED,
        /** Its time is over: publish a new version. */
        EXPIRED,
        /** The file is not the one that was signed: fetch it again, and ask who changed it. */
        OTHER_CONTENT
    }

    private final Reason reason;

    public UntrustedModelException(ModelRef model, Reason reason, String why) {
        super("model " + model + " is not trusted: " + why, null);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
