package io.fleetsdk.storage;

import io.fleetsdk.internal.Require;
import java.net.URI;
import java.time.Instant;
import java.util.Map;

/**
 * An address that lets whoever has it read or write one object until it expires. It is a secret: {@code toString} shows it without
 * its signature.
 *
 * @param method {@code GET} or {@code PUT}
 * @param url to be used as it is
 * @param headers must be sent with exactly these values
 * @param expires by the store's clock; from then on the store refuses it
 */
public record PresignedUrl(String method, URI url, Map<String, String> headers, Instant expires) {
    public PresignedUrl {
        method = Require.present("method", method);
        url = Require.present("url", url);
        headers = Require.map("headers", headers);
        expires = Require.present("expires", expires);
    }

    @Override
    public String toString() {
        return method + " " + url.getScheme() + "://" + url.getAuthority() + url.getPath() + " until " + expires;
    }
}
