package io.fleetsdk.envelope;

import java.util.Locale;

/** Why a message cannot be read; also the last token of its quarantine subject. */
public enum Malformation {
    /** Not JSON text: syntax, encoding, or nested deeper than 64. */
    NOT_JSON,
    /** JSON, but a member of the envelope is missing or of the wrong type. */
    NOT_AN_ENVELOPE,
    /** A {@code payloadVersion} this reader does not know. */
    UNKNOWN_VERSION,
    /** A {@code type} that does not belong on the subject. */
    WRONG_TYPE,
    /** The envelope's {@code robotId} is not the subject's. */
    ROBOT_MISMATCH,
    /** The payload breaks a rule of its type. */
    INVALID_PAYLOAD,
    /** Larger than {@link Envelope#MAX_BYTES}. */
    OVERSIZED;

    /** The reason as a subject token, such as {@code not_json}. */
    public String token() {
        return name().toLowerCase(Locale.ROOT);
    }
}
