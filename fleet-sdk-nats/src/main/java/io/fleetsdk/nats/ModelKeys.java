package io.fleetsdk.nats;

import io.fleetsdk.ConflictException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.nats.internal.model.NkeySigner;
import io.fleetsdk.nats.internal.model.TrustedKeys;
import io.nats.client.NKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys that sign models: NATS user keys ({@code nkeys}), Ed25519. The secret half is a seed, {@code SU…}; it is read from a file
 * or handed in by whoever has it from elsewhere, and shown nowhere. The public half, {@code U…}, is what robots and backends trust.
 */
public final class ModelKeys {
    private static final Pattern SEED = Pattern.compile("\\bSU[A-Z2-7]{56}\\b");
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private ModelKeys() {}

    /**
     * Makes a new key and writes its seed into a new file that only its owner may read.
     *
     * @return the public key
     * @throws ConflictException if there is such a file already
     * @throws InvalidInputException if it cannot be written
     */
    public static String generate(Path seedFile) {
        try {
            NKey pair = NKey.createUser(new SecureRandom());
            Files.createFile(seedFile, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
            Files.writeString(seedFile, new String(pair.getSeed()) + "\n");
            return new String(pair.getPublicKey());
        } catch (FileAlreadyExistsException e) {
            throw new ConflictException(seedFile + " is there already; a key is not overwritten");
        } catch (IOException e) {
            throw new InvalidInputException("key file", seedFile, "must be where a file can be written: " + e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make Ed25519 keys", e);
        }
    }

    /**
     * Signs with the seed that stands in a file, alone or among other lines.
     *
     * @throws InvalidInputException if there is none in it, or it cannot be read
     */
    public static ModelSigner signer(Path seedFile) {
        Matcher seed = SEED.matcher(text(seedFile));
        if (!seed.find()) {
            throw new InvalidInputException(
                    "key file", seedFile, "must hold the seed of a NATS user key: SU and 56 of A-Z 2-7");
        }
        return NkeySigner.ofSeed(seed.group().toCharArray());
    }

    /**
     * Signs with a seed from elsewhere, such as the environment or a vault.
     *
     * @throws InvalidInputException if it is none; the message does not repeat it
     */
    public static ModelSigner signer(char[] seed) {
        return NkeySigner.ofSeed(seed);
    }

    /**
     * Trusts these keys and nobody else.
     *
     * @param keys public user keys; with none every model is refused
     * @param clock tells what has expired
     * @throws InvalidInputException if one is no public user key
     */
    public static ModelVerifier trusting(Set<String> keys, Clock clock) {
        return new TrustedKeys(keys, clock);
    }

    /**
     * Trusts the keys in a file: one a line, with an optional name behind it; lines that begin with {@code #} are comments.
     *
     * @throws InvalidInputException if a line holds no public user key, or it cannot be read
     */
    public static ModelVerifier trusting(Path file, Clock clock) {
        Stream<String> lines = text(file).lines().map(String::strip);
        return trusting(
                lines.filter(line -> !line.isEmpty() && !line.startsWith("#"))
                        .map(line -> line.split("\\s+", 2)[0])
                        .collect(Collectors.toUnmodifiableSet()),
                clock);
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new InvalidInputException("key file", file, "must be a readable file: " + e);
        }
    }
}
