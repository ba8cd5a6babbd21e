package io.fleetsdk.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * A detached Ed25519 signature over a manifest's {@linkplain ModelManifest#canonicalBytes canonical bytes}. Both parts are public.
 *
 * @param key who signed: a public NATS user key, {@code U} and 55 characters of base 32
 * @param signature the 64 bytes in base64url (RFC 4648) without padding, 86 characters
 */
public record ModelSignature(String key, String signature) {
    private static final Pattern KEY = Pattern.compile("U[A-Z2-7]{55}");
    /** The last character holds four bits of the signature and two that are zero. */
    private static final Pattern SIGNATURE = Pattern.compile("[A-Za-z0-9_-]{85}[AQgw]");

    public ModelSignature {
        key = requireKey(key);
        signature = Require.present("signature", signature);
        if (!SIGNATURE.matcher(signature).matches()) {
            throw new InvalidInputException("signature", signature, "must be 64 bytes in base64url without padding");
        }
    }

    public static ModelSignature of(String key, byte[] signature) {
        return new ModelSignature(key, Base64.getUrlEncoder().withoutPadding().encodeToString(signature));
    }

    /**
     * Checks the form of a public key, not its checksum.
     *
     * @throws InvalidInputException if it is not of that form
     */
    public static String requireKey(String key) {
        Require.present("key", key);
        if (!KEY.matcher(key).matches()) {
            throw new InvalidInputException("key", shown(key), "must be a public NATS user key: U and 55 of A-Z 2-7");
        }
        return key;
    }

    /** Someone who mixes up the two halves of a key pair must not find the secret one in a log. */
    private static String shown(String key) {
        return key.startsWith("S") || key.startsWith("P") ? key.charAt(0) + "…" : key;
    }

    public byte[] bytes() {
        return Base64.getUrlDecoder().decode(signature);
    }
}
