package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.nats.JacksonCodec;
import io.fleetsdk.server.Caller.Answer;
import io.fleetsdk.server.auth.Tokens;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.BlobSource;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.testing.ObjectServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Files of models, up and down. */
class ModelFilesTest {
    @RegisterExtension
    static final ServerUnderTest storeless = new ServerUnderTest();

    private static final String MODELS = "/api/v1/models/";
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ObjectServer objects;
    private static S3BlobStore blobs;
    private static FleetServer server;

    @BeforeAll
    static void start() {
        objects = ObjectServer.start();
        S3Credentials credentials = S3Credentials.keys(objects.accessKey(), objects.secretKey());
        blobs = S3BlobStore.connect(S3Options.of(objects.endpoint(), credentials));
        blobs.buckets().apply(StorageLayout.of(StorageLayout.MODELS));
        Tokens tokens = Tokens.parse("otto operator " + ServerUnderTest.OPERATOR + "\n");
        server = FleetServer.start(
                new ServerConfig("127.0.0.1", 0, tokens),
                storeless.fleet(),
                Optional.of(blobs),
                new JacksonCodec(),
                Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        server.close();
        blobs.close();
        objects.close();
    }

    @Test
    void aFileComesBackAsItWasSent() throws Exception {
        byte[] onnx = SmallModel.onnx("there and back");

        HttpResponse<byte[]> created = upload("walker", "?embodiment=g1&metric=loss=0.5&dataset=tape@1", onnx);
        HttpResponse<byte[]> file = get("walker/versions/1/file");

        JsonNode version = answer("walker/versions/1").json();
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains(MODELS + "walker/versions/1");
        assertThat(version.at("/publishedBy").stringValue()).isEqualTo("otto");
        assertThat(version.at("/state").stringValue()).isEqualTo("STAGED");
        assertThat(version.at("/outputs/0/name").stringValue()).isEqualTo("y");
        assertThat(version.at("/metrics/loss").doubleValue()).isEqualTo(0.5);
        assertThat(file.body()).isEqualTo(onnx);
        assertThat(file.headers().firstValue("ETag"))
                .contains("\"" + version.at("/digest").stringValue() + "\"");
        assertThat(file.headers().firstValue("Repr-Digest").orElseThrow()).startsWith("sha-256=:");
    }

    /** Larger than any body that is read into memory here. */
    @Test
    void aFileMayBeLargerThanAnyOtherBody() throws Exception {
        byte[] large = large("large");

        assertThat(upload("large", "", large).statusCode()).isEqualTo(201);
        assertThat(get("large/versions/1/file").body()).isEqualTo(large);
    }

    @Test
    void whatIsNoModelIsRefusedInClearWords() throws Exception {
        HttpResponse<byte[]> refused = upload("refused", "", "import torch".getBytes(StandardCharsets.UTF_8));

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8)).contains("must be a whole ONNX model");
        assertThat(answer("refused/versions").body()).isEqualTo("[]");
        assertThat(upload("refused", "?metric=loss", SmallModel.onnx("x")).statusCode())
                .isEqualTo(400);
        assertThat(upload("refused", "?version=0", SmallModel.onnx("x")).statusCode())
                .isEqualTo(400);
        assertThat(upload("refused", "?expires=soon", SmallModel.onnx("x")).statusCode())
                .isEqualTo(400);
    }

    @Test
    void aVersionThatIsTakenIsAConflict() throws Exception {
        assertThat(upload("taken", "?version=3", SmallModel.onnx("a")).statusCode())
                .isEqualTo(201);
        assertThat(upload("taken", "?version=3", SmallModel.onnx("b")).statusCode())
                .isEqualTo(409);
        assertThat(upload("taken", "", SmallModel.onnx("b")).headers().firstValue("Location"))
                .contains(MODELS + "taken/versions/4");
    }

    /** Who reads a large one sees fewer bytes than were announced; of a small one nothing has left yet. */
    @Test
    void anExchangedFileIsNeverSentWhole() throws Exception {
        exchange("small", SmallModel.onnx("exchanged"), SmallModel.onnx("eXchanged"));
        exchange("big", large("exchanged"), large("eXchanged"));

        assertThat(get("small/versions/1/file").statusCode()).isEqualTo(500);
        assertThatThrownBy(() -> get("big/versions/1/file")).isInstanceOf(IOException.class);
    }

    private static void exchange(String model, byte[] honest, byte[] evil) throws Exception {
        upload(model, "", honest);
        String digest = answer(model + "/versions/1").json().at("/digest").stringValue();
        BlobRef place = BlobRef.of(StorageLayout.MODELS, digest.replace(':', '/') + ".onnx");
        assertThat(blobs.exists(place)).isTrue();
        blobs.upload(place, BlobSource.of(evil));
    }

    /** A model whose second description has 8 MiB of zeros. */
    private static byte[] large(String text) {
        byte[] small = SmallModel.onnx(text);
        byte[] large = Arrays.copyOf(small, 8 << 20);
        large[small.length] = 0x32;
        for (int i = 1, left = large.length - small.length - 5; i <= 4; i++, left >>>= 7) {
            large[small.length + i] = (byte) (left & 0x7f | (i < 4 ? 0x80 : 0));
        }
        return large;
    }

    @Test
    void aServerWithoutAStoreSaysSo() {
        Answer refused = storeless.operator().send("POST", MODELS + "walker/versions", "application/octet-stream", "x");

        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().at("/detail").stringValue()).isEqualTo("this server has no store for files");
    }

    private static HttpResponse<byte[]> upload(String model, String query, byte[] file) throws Exception {
        HttpRequest request = request(model + "/versions" + query)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofByteArray(file))
                .build();
        return CLIENT.send(request, BodyHandlers.ofByteArray());
    }

    private static HttpResponse<byte[]> get(String path) throws Exception {
        return CLIENT.send(request(path).build(), BodyHandlers.ofByteArray());
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + MODELS + path))
                .header("Authorization", "Bearer " + ServerUnderTest.OPERATOR);
    }

    private static Answer answer(String path) {
        return new Caller(server.port(), ServerUnderTest.OPERATOR).get(MODELS + path);
    }
}
