package io.fleetsdk.server.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetsdk.Fleet;
import io.fleetsdk.InvalidInputException;
import io.fleetsdk.NotFoundException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.inference.InferenceAnswer;
import io.fleetsdk.inference.InferenceRequest;
import io.fleetsdk.inference.Tensor;
import io.fleetsdk.nats.NatsFleet;
import io.fleetsdk.nats.NatsOptions;
import io.fleetsdk.robot.RobotId;
import io.fleetsdk.testing.FleetExtension;
import io.fleetsdk.testing.NatsServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nats.client.Connection;
import io.nats.client.Nats;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With the policies of real robots, over a real broker. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class InferenceWorkerTest {
    @RegisterExtension
    static final FleetExtension fleets = FleetExtension.connecting(url -> NatsFleet.provision(NatsOptions.of(url)));

    private static final Path MODELS = Path.of("../../shared/data/models");
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final RobotId ROBOT = RobotId.of("RB-1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @BeforeEach
    void areThere() {
        assumeTrue(Files.isDirectory(MODELS), "../shared/data/models is not here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"go1_joystick", "t1_joystick", "unitree_g1_velocity", "mnist_opt"})
    void aModelsAnswersAreThoseOfTheReference(String name, Fleet fleet) {
        JsonNode model = JsonMapper.shared()
                .readTree(MODELS.resolve("reference_outputs.json").toFile())
                .get("models")
                .get(name + ".onnx");
        try (InferenceWorker worker = worker(fleet)) {
            for (JsonNode reference : model.get("cases")) {
                Tensor input = input(reference.get("input").asString(), longs(model.get("input_shape")));

                InferenceAnswer answer = fleet.inference()
                        .infer(
                                ROBOT,
                                new InferenceRequest(
                                        name, Map.of(model.get("input_name").asString(), input), LONG));

                Tensor output = Optional.ofNullable(
                                answer.outputs().get(model.get("output_name").asString()))
                        .orElseThrow();
                assertThat(output.shape()).isEqualTo(longs(model.get("output_shape")));
                assertThat(worst(output.values(), reference.get("output"))).isLessThan(1e-5);
            }
        }
        assertThat(meters.get("fleet.inference.latency")
                        .tags("model", name + ":1", "outcome", "answered")
                        .timer()
                        .count())
                .isEqualTo(3);
    }

    @Test
    void whatTheModelDoesNotTakeIsRefusedByName(Fleet fleet) {
        try (InferenceWorker worker = worker(fleet)) {
            assertThatThrownBy(() -> ask(fleet, "go1_joystick", Map.of("obs", Tensor.row(1, 2))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("inputs.obs '[1, 2]' must have the shape");
            assertThatThrownBy(() -> ask(fleet, "go1_joystick", Map.of("eyes", Tensor.row(1, 2))))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("must be [obs]");
            assertThatThrownBy(() -> ask(fleet, "nobody", Map.of("obs", Tensor.row(1, 2))))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessage("there is no model nobody:1");
        }
    }

    @Test
    void withoutAWorkerTheAnswerIsThatAtOnce(Fleet fleet) {
        assertThatThrownBy(() -> ask(fleet, "go1_joystick", Map.of("obs", Tensor.row(1, 2))))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("there is no worker for inference");
    }

    @Test
    void anyClientOfTheBrokerCanAskAndNonsenseIsAnsweredToo(Fleet fleet, NatsServer server) throws Exception {
        String question = """
                {"model":"go1_joystick","withinMillis":30000,"inputs":{"obs":{"shape":[1,48],"values":[%s]}}}""".formatted("0.5,".repeat(47) + "1");
        try (InferenceWorker worker = worker(fleet);
                Connection other = Nats.connect(server.url())) {
            assertThat(asked(other, "inference.request.RB-7", question))
                    .contains("\"model\":\"go1_joystick:1\"", "continuous_actions", "\"shape\":[1,12]");
            assertThat(asked(other, "inference.request.RB-7", "{\"model\":")).contains("\"reason\":\"INVALID\"");
            assertThat(asked(other, "inference.request.RB-7", question.replace("[1,48]", "[48]")))
                    .contains("\"reason\":\"INVALID\"", "inputs.obs");
        }
    }

    private static String asked(Connection connection, String subject, String question) throws Exception {
        return new String(
                connection
                        .request(subject, question.getBytes(StandardCharsets.UTF_8), LONG)
                        .getData(),
                StandardCharsets.UTF_8);
    }

    private static InferenceAnswer ask(Fleet fleet, String model, Map<String, Tensor> inputs) {
        return fleet.inference().infer(ROBOT, new InferenceRequest(model, inputs, LONG));
    }

    private InferenceWorker worker(Fleet fleet) {
        return InferenceWorker.start(fleet.inference(), new FolderOfModels(MODELS), meters);
    }

    /** As the reference says how its inputs were made. */
    private static Tensor input(String how, List<Long> shape) {
        int count = (int) shape.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
            values[k] = (float)
                    (how.equals("zeros") ? 0 : how.startsWith("ramp") ? -1 + 2.0 * k / (count - 1) : Math.sin(0.1 * k));
        }
        return new Tensor(shape, values);
    }

    private static List<Long> longs(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asLong)
                .toList();
    }

    /** Written down with seven digits, so beyond 1 a difference counts relative to the value. */
    private static double worst(float[] values, JsonNode reference) {
        assertThat(values).hasSize(reference.size());
        return LongStream.range(0, values.length)
                .mapToInt(Math::toIntExact)
                .mapToDouble(i -> Math.abs(values[i] - reference.get(i).asDouble())
                        / Math.max(1, Math.abs(reference.get(i).asDouble())))
                .max()
                .orElseThrow();
    }
}
