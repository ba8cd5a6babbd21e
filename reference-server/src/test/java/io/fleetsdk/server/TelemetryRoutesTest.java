package io.fleetsdk.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TelemetryRoutesTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PATH = "/api/v1/robots/RB-001/telemetry";

    @RegisterExtension
    static final ServerUnderTest server = new ServerUnderTest();

    @BeforeAll
    static void drive() {
        try (PlayedRobot robot = server.robot("RB-001")) {
            for (int x = 0; x < 20; x++) {
                robot.measures(x, 0, 90);
            }
        }
        await().atMost(SOON).until(() -> server.viewer().get(PATH).status() == 200);
    }

    @Test
    void allReadingsComeInOrder() {
        JsonNode history = server.viewer().get(PATH).json();
        assertThat(history.at("/channel").stringValue()).isEqualTo("sample");
        assertThat(history.at("/readings"))
                .extracting(TelemetryRoutesTest::x)
                .containsExactly(
                        0., 1., 2., 3., 4., 5., 6., 7., 8., 9., 10., 11., 12., 13., 14., 15., 16., 17., 18., 19.);
    }

    @Test
    void aLimitAloneMeansTheNewest() {
        assertThat(server.viewer().get(PATH + "?limit=3").json().at("/readings"))
                .extracting(TelemetryRoutesTest::x)
                .containsExactly(17., 18., 19.);
    }

    @Test
    void aStretchIsCountedFromItsStart() {
        JsonNode all = server.viewer().get(PATH).json().at("/readings");
        String from = all.at("/5/storedAt").stringValue();
        String to = all.at("/10/storedAt").stringValue();
        assertThat(server.viewer()
                        .get(PATH + "?from=" + from + "&to=" + to)
                        .json()
                        .at("/readings"))
                .extracting(TelemetryRoutesTest::x)
                .containsExactly(5., 6., 7., 8., 9.);
        assertThat(server.viewer().get(PATH + "?limit=2&from=" + from).json().at("/readings"))
                .extracting(TelemetryRoutesTest::x)
                .containsExactly(5., 6.);
    }

    @Test
    void aChannelNobodyPublishedOnIsEmpty() {
        assertThat(server.viewer().get(PATH + "?channel=diagnostics").json().at("/readings"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, limit",
        "limit=many, limit",
        "limit=10001, limit",
        "from=yesterday, from",
        "to=2026-13-01T00:00:00Z, to",
        "channel=a.b, channel",
    })
    void aQueryThatBreaksARuleIsRefusedWithItsParameter(String query, String field) {
        Caller.Answer refused = server.viewer().get(PATH + "?" + query);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().at("/faults/0/field").stringValue()).isEqualTo(field);
    }

    private static double x(JsonNode reading) {
        return reading.at("/payload/position/x").doubleValue();
    }
}
