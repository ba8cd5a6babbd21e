package io.fleetsdk.storage.model;

import static io.fleetsdk.storage.model.WrittenOnnx.dimension;
import static io.fleetsdk.storage.model.WrittenOnnx.input;
import static io.fleetsdk.storage.model.WrittenOnnx.model;
import static io.fleetsdk.storage.model.WrittenOnnx.operator;
import static io.fleetsdk.storage.model.WrittenOnnx.output;
import static io.fleetsdk.storage.model.WrittenOnnx.weights;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.model.ModelFacts;
import io.fleetsdk.model.ModelRef;
import io.fleetsdk.model.ModelSigner;
import io.fleetsdk.model.ModelState;
import io.fleetsdk.model.ModelVerifier;
import io.fleetsdk.model.ModelVersion;
import io.fleetsdk.model.TensorInfo;
import io.fleetsdk.model.UntrustedModelException;
import io.fleetsdk.model.UntrustedModelException.Reason;
import io.fleetsdk.nats.ModelKeys;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.BlobStore;
import io.fleetsdk.storage.Digest;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.testing.NatsServer;
import io.fleetsdk.testing.ObjectServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models as files in a real store and versions in a real registry. */
class ModelStoreTest {
    private static final AtomicInteger MODELS = new AtomicInteger();

    @TempDir
    static Path keys;

    private static NatsServer broker;
    private static ObjectServer objects;
    private static NatsFleet fleet;
    private static S3BlobStore blobs;
    private static ModelStore store;
    private static ModelSigner signer;
    private static ModelVerifier trusting;

    private final String name = "model-" + MODELS.incrementAndGet();

    @TempDir
    Path directory;

    @BeforeAll
    static void start() {
        broker = NatsServer.start();
        objects = ObjectServer.start();
        fleet = NatsFleet.provision(NatsOptions.of(broker.url()));
        S3Credentials credentials = S3Credentials.keys(objects.accessKey(), objects.secretKey());
        blobs = S3BlobStore.connect(S3Options.of(objects.endpoint(), credentials));
        blobs.buckets().apply(StorageLayout.of(ModelStore.BUCKET));
        store = new ModelStore(blobs, fleet.models(), Clock.systemUTC());
        ModelKeys.generate(keys.resolve("key"));
        signer = ModelKeys.signer(keys.resolve("key"));
        trusting = ModelKeys.trusting(Set.of(signer.key()), Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        fleet.close();
        blobs.close();
        objects.close();
        broker.close();
    }

    @Test
    void aRealModelGoesInAndComesOutAsItWas() throws IOException {
        Path file = RecordedModels.named("go1_joystick.onnx");
        ModelFacts facts = ModelFacts.builder()
                .embodiments("unitree-go1")
                .metrics(Map.of("reward", 7.5))
                .dataset("joystick@2")
                .build();

        ModelVersion pushed = store.push(
                BlobSource.of(file), ModelPush.of(name).withFacts(facts).withSigner(signer));

        assertThat(pushed.ref()).isEqualTo(new ModelRef(name, 1));
        assertThat(pushed.state()).isEqualTo(ModelState.READY);
        assertThat(pushed.manifest().digest()).isEqualTo(Digest.of(file));
        assertThat(pushed.manifest().length()).isEqualTo(Files.size(file));
        assertThat(pushed.facts().inputs()).extracting(TensorInfo::toString).containsExactly("obs float32[1,48]");
        assertThat(pushed.facts().dataset()).contains("joystick@2");
        Path copy = directory.resolve("copy.onnx");
        assertThat(store.download(pushed.ref(), copy, trusting)).isEqualTo(pushed);
        assertThat(copy).hasSameBinaryContentAs(file);
    }

    @Test
    void theSameFileIsKeptOnceAndEachPushIsAVersion() {
        byte[] onnx = onnx("twice");

        ModelVersion first = push(onnx);
        ModelVersion second = store.push(BlobSource.of(new ByteArrayInputStream(onnx)), ModelPush.of(name));

        assertThat(second.ref().version()).isEqualTo(2);
        assertThat(second.manifest().digest()).isEqualTo(first.manifest().digest());
        assertThat(blobs.list(ModelStore.BUCKET, "sha256/" + Digest.of(onnx).hex()))
                .hasSize(1);
    }

    @Test
    void whatIsNoModelIsKeptNowhere() {
        byte[] torn = Arrays.copyOf(onnx("torn"), 40);

        assertThatThrownBy(() -> push(torn))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("must be a whole ONNX model");

        assertThat(blobs.exists(place(Digest.of(torn)))).isFalse();
        assertThat(fleet.models().versions(name)).isEmpty();
    }

    @Test
    void aVersionThatIsTakenIsNotReplacedByAnother() {
        push(onnx("first"));

        assertThatThrownBy(() -> store.push(
                        BlobSource.of(onnx("second")), ModelPush.of(name).withVersion(1)))
                .isInstanceOf(ConflictException.class);

        assertThat(fleet.models().versions(name)).hasSize(1);
    }

    @Test
    void ofTwentyWhoPushAtOnceEachGetsAVersionOfItsOwn() {
        List<Long> versions = IntStream.range(0, 20)
                .parallel()
                .mapToObj(i -> push(onnx("racer " + i)).ref().version())
                .sorted()
                .toList();

        assertThat(versions).doesNotHaveDuplicates().hasSize(20);
    }

    @Test
    void onlyWhatMayBeUsedIsDownloaded() throws IOException {
        ModelVersion unsigned = store.push(BlobSource.of(onnx("u")), ModelPush.of(name));
        ModelKeys.generate(directory.resolve("foreign"));
        ModelSigner stranger = ModelKeys.signer(directory.resolve("foreign"));
        ModelVersion foreign =
                store.push(BlobSource.of(onnx("u")), ModelPush.of(name).withSigner(stranger));
        ModelVersion expired = store.push(
                BlobSource.of(onnx("u")),
                ModelPush.of(name)
                        .withSigner(signer)
                        .withExpiry(Clock.systemUTC().instant().plusSeconds(60)));

        assertRefused(unsigned, trusting, Reason.UNSIGNED);
        assertRefused(foreign, trusting, Reason.UNKNOWN_KEY);
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(2));
        assertRefused(expired, ModelKeys.trusting(Set.of(signer.key()), later), Reason.EXPIRED);
        assertThatThrownBy(() -> store.download(new ModelRef(name, 99), directory.resolve("x"), trusting))
                .isInstanceOf(NotFoundException.class);
    }

    /** Whoever can write to the store can also write the digest that the store keeps; the signed one is not theirs to write. */
    @Test
    void aFileThatWasExchangedInTheStoreIsNotHandedOver() throws IOException {
        byte[] onnx = onnx("honest");
        ModelVersion honest = push(onnx);
        byte[] evil = onnx.clone();
        evil[evil.length - 1] ^= 1;

        for (byte[] content : List.of(evil, Arrays.copyOf(onnx, onnx.length - 1), onnx("honest and longer"))) {
            blobs.upload(place(honest.manifest().digest()), BlobSource.of(content));
            assertRefused(honest, trusting, Reason.OTHER_CONTENT);
            assertThatThrownBy(() -> readAllOf(honest)).isInstanceOf(UntrustedModelException.class);
        }
    }

    @Test
    void ofAnExchangedFileTheLastBytesAreNeverHandedOver() throws IOException {
        byte[] onnx = onnx("held back");
        ModelVersion honest = push(onnx);
        byte[] evil = onnx.clone();
        evil[0] ^= 1;
        blobs.upload(place(honest.manifest().digest()), BlobSource.of(evil));

        int handed = 0;
        try (InputStream in = store.open(honest)) {
            while (in.read() >= 0) {
                handed++;
            }
        } catch (UntrustedModelException e) {
            assertThat(handed).isLessThan(onnx.length);
            return;
        }
        throw new AssertionError("the exchanged file was read to its end");
    }

    /** The file is there when the broker dies, the version is not told of; pushing again finishes the work. */
    @Test
    void aBrokerThatDiesBetweenFileAndVersionLeavesNothingHalfVisible() {
        try (NatsServer mortal = NatsServer.start();
                NatsFleet connected = NatsFleet.provision(NatsOptions.of(mortal.url()))) {
            ModelStore interrupted = new ModelStore(killingAfterUpload(mortal), connected.models(), Clock.systemUTC());
            byte[] onnx = onnx("interrupted");
            ModelPush push = ModelPush.of(name).withVersion(1).withSigner(signer);

            assertThatThrownBy(() -> interrupted.push(BlobSource.of(onnx), push))
                    .isInstanceOf(FleetException.class);
            assertThat(blobs.exists(place(Digest.of(onnx)))).isTrue();

            mortal.restart();
            try (NatsFleet again = NatsFleet.connect(NatsOptions.of(mortal.url()))) {
                assertThat(again.models().versions(name)).isEmpty();
                assertThat(again.models().models()).isEmpty();
                ModelStore whole = new ModelStore(blobs, again.models(), Clock.systemUTC());
                assertThat(whole.push(BlobSource.of(onnx), push).ref()).isEqualTo(new ModelRef(name, 1));
            }
        }
    }

    private static BlobStore killingAfterUpload(NatsServer mortal) {
        return (BlobStore) Proxy.newProxyInstance(
                BlobStore.class.getClassLoader(), new Class<?>[] {BlobStore.class}, (proxy, method, arguments) -> {
                    try {
                        Object answer = method.invoke(blobs, arguments);
                        if (method.getName().equals("upload")) {
                            mortal.kill();
                        }
                        return answer;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    private void assertRefused(ModelVersion version, ModelVerifier verifier, Reason reason) {
        Path target = directory.resolve("refused.onnx");
        assertThatThrownBy(() -> store.download(version.ref(), target, verifier))
                .isInstanceOfSatisfying(
                        UntrustedModelException.class,
                        e -> assertThat(e.reason()).isEqualTo(reason));
        assertThat(directory.toFile().list((where, file) -> file.startsWith("refused")))
                .isEmpty();
    }

    private static void readAllOf(ModelVersion version) throws IOException {
        try (InputStream in = store.open(version)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
    }

    private ModelVersion push(byte[] onnx) {
        return store.push(BlobSource.of(onnx), ModelPush.of(name).withSigner(signer));
    }

    private static BlobRef place(Digest digest) {
        return BlobRef.of(ModelStore.BUCKET, "sha256/" + digest.hex() + ".onnx");
    }

    /** Different for each text. */
    private static byte[] onnx(String text) {
        return model(operator(), weights(text, 100), input("x", dimension(3)), output("y"));
    }
}
