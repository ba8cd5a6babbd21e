package io.fleetsdk.testing;

/** A place where a nats-server may be found. */
interface BinarySource {

    /** Its name in messages. */
    String place();

    /**
     * Looks there.
     *
     * @throws NoBinaryException if the place has none for us, with the reason
     */
    NatsBinary find() throws NoBinaryException;
}
