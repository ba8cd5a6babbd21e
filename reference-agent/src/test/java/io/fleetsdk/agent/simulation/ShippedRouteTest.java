package io.fleetsdk.agent.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.fleetsdk.agent.replay.Recording;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The route that ships is what it says it is: driven by the simulated body. Writes it anew to {@code target/}. */
class ShippedRouteTest {
    private static final Path SHIPPED =
            Path.of("src", "main", "resources", "io", "fleetsdk", "agent", "replay", "warehouse_route.csv");
    private static final Path DRIVEN = Path.of("target", "warehouse_route.csv");
    private static final List<Place> ROUTE = List.of(
            new Place(5, 22),
            new Place(15, 22),
            new Place(15, 3),
            new Place(25, 3),
            new Place(25, 22),
            new Place(35, 22),
            new Place(35, 3),
            new Place(5, 3));
    private static final double STEP = 0.2;
    private static final double LOADING_SECONDS = 3;

    private final SimulatedBody body =
            new SimulatedBody(DriveLimits.standard(), ROUTE.get(7), Math.PI, ROUTE.get(7), 100);
    private final List<String> rows = new ArrayList<>(List.of(
            "# A lap through a warehouse of 40 m by 24 m. Not a recording of a real robot: driven by the simulated body of",
            "# this project, five poses a second, at most 1 m/s. t in s; x, y in m; theta in rad, counter-clockwise from x.",
            "t,x,y,theta"));

    @Test
    void isWhatTheSimulatedBodyDrives() throws IOException {
        body.limitSpeed(1);
        note();
        ROUTE.forEach(this::driveTo);
        Files.write(DRIVEN, rows);

        List<String> shipped = Files.readAllLines(SHIPPED);
        assertThat(shipped).hasSameSizeAs(rows).startsWith(rows.get(0), rows.get(1), rows.get(2));
        for (int i = 3; i < rows.size(); i++) {
            assertSamePose(numbers(shipped.get(i)), numbers(rows.get(i)));
        }
    }

    @Test
    void isALapOfAHundredAndThirtySixMetres() {
        assertThat(Recording.shipped().distance()).isCloseTo(136, within(1.0));
    }

    private void driveTo(Place place) {
        body.goTo(place);
        while (!body.hasArrived()) {
            step();
        }
        for (double loading = 0; loading < LOADING_SECONDS; loading += STEP) {
            step();
        }
    }

    private void step() {
        body.step(STEP);
        note();
    }

    private void note() {
        Place place = body.drive().place();
        rows.add(String.format(
                Locale.ROOT,
                "%.1f,%.3f,%.3f,%.3f",
                body.seconds(),
                place.x(),
                place.y(),
                body.drive().yaw()));
    }

    private static void assertSamePose(double[] shipped, double[] driven) {
        for (int column = 0; column < 3; column++) {
            assertThat(shipped[column]).as("at %s s", driven[0]).isCloseTo(driven[column], within(0.002));
        }
        assertThat(Math.IEEEremainder(shipped[3] - driven[3], 2 * Math.PI)).isCloseTo(0, within(0.002));
    }

    private static double[] numbers(String row) {
        return Stream.of(row.split(",")).mapToDouble(Double::parseDouble).toArray();
    }
}
