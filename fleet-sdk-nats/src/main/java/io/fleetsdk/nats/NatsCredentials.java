package io.fleetsdk.nats;

import java.nio.file.Path;

/** How a connection proves who it is. Secrets never appear in {@code toString}. */
public sealed interface NatsCredentials {
    /** No proof: for a broker without authentication. */
    static NatsCredentials none() {
        return new None();
    }

    /** A NATS credentials file ({@code .creds}: user JWT and seed), read anew at every connect. */
    static NatsCredentials file(Path path) {
        return new CredentialsFile(path);
    }

    /** A user name and password. */
    static NatsCredentials user(String name, String password) {
        return new UserPassword(name, password);
    }

    /** No proof. */
    record None() implements NatsCredentials {}

    /** A credentials file. */
    record CredentialsFile(Path path) implements NatsCredentials {}

    /** A user name and password. */
    record UserPassword(String name, String password) implements NatsCredentials {
        @Override
        public String toString() {
            return "UserPassword[name=" + name + "]";
        }
    }
}
