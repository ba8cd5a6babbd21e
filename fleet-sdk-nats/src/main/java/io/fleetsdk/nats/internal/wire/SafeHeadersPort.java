package io.fleetsdk.nats.internal.wire;

import io.nats.client.impl.SocketDataPortWithWriteTimeout;
import java.io.IOException;

/**
 * The socket of a connection, on which no message's headers can end the connection. Anybody may publish headers that the broker passes
 * on and jnats does not read, a name in Cyrillic or a value with an umlaut: its reading thread then ends unnoticed, the connection falls
 * silent until its pings are missed, and a stored message ends the next one too. Here such headers are rewritten before jnats sees
 * them. Made by jnats, which knows it by name. Not thread-safe.
 */
public final class SafeHeadersPort extends SocketDataPortWithWriteTimeout {
    private final InboundBytes inbound = new InboundBytes();

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        while (inbound.ready() == 0) {
            int count = super.read(into, offset, length);
            if (count <= 0) {
                return count;
            }
            inbound.add(into, offset, count);
        }
        return inbound.take(into, offset, length);
    }
}
