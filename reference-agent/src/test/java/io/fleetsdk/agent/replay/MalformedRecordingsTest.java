package io.fleetsdk.agent.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fleetsdk.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is refused says in one line where the fault is and which rule it breaks. */
class MalformedRecordingsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "''                            | test.csv '' must not be empty",
                "'# only a comment'            | test.csv '' must not be empty",
                "'x,y;0,0'                     | test.csv line 1 'x,y' must name a time column",
                "'t,vx,vy;0,0,0'               | test.csv line 1 't,vx,vy' must name position columns",
                "'0,1,2;1,2,3'                 | test.csv line 1 '0,1,2' must name the columns of a CSV",
                "'0 1 2;1 2 3'                 | test.csv line 1 '0 1 2' must name the columns of a CSV",
                "'t,x,y'                       | recording 'test.csv' must have at least two poses",
                "'t,x,y;0,0,0'                 | recording 'test.csv' must have at least two poses",
                "'t,x,y;0,0,0;1,0'             | test.csv line 3 '1,0' must have 3 columns, has 2",
                "'t,x,y;0,0,0;1,0,0,0'         | test.csv line 3 '1,0,0,0' must have 3 columns, has 4",
                "'t,x,y;0,0,0;1,abc,0'         | test.csv line 3 column x 'abc' must be a finite number",
                "'t,x,y;0,0,0;1,,0'            | test.csv line 3 column x '' must be a finite number",
                "'t,x,y;0,0,0;1,NaN,0'         | test.csv line 3 column x 'NaN' must be a finite number",
                "'t,x,y;0,0,0;1,1e999,0'       | test.csv line 3 column x '1e999' must be a finite number",
                "'t,x,y;0,0,0;1,0x1p3,0'       | test.csv line 3 column x '0x1p3' must be a finite number",
                "'t,x,y;1,0,0;#;;0.5,0,0'      | test.csv line 5 column t '0.5' must not be before the row above at 1.0 s",
                "'t,lat,lon;0,91,0;1,0,0'      | test.csv line 2 column lat '91.0' must be from -90.0 to 90.0 degrees",
                "'t,x,y,qw,qx,qy,qz;0,0,0,0,0,0,0;1,0,0,1,0,0,0' | test.csv line 2 column qw,qx,qy,qz '0.0' must be a quaternion",
            })
    void isRefusedWithPlaceAndRule(String lines, String message) {
        assertThatThrownBy(() -> Texts.recording(lines.split(";", -1)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void equalTimesAreNoStepBack() {
        assertThat(Texts.recording("t,x,y", "1,0,0", "1,1,0", "1,2,0").distance())
                .isEqualTo(2);
    }

    @Test
    void aFileThatIsNotThereIsNamed(@TempDir Path dir) {
        Path file = dir.resolve("missing.csv");

        assertThatThrownBy(() -> Recording.read(file))
                .hasMessage("recording '%s' must be readable: no such file", file);
    }

    @Test
    void aDirectoryIsNoRecording(@TempDir Path dir) {
        assertThatThrownBy(() -> Recording.read(dir)).hasMessageContaining("must be readable: Is a directory");
    }

    @Test
    void aLineWithoutEndIsGivenUpEarly(@TempDir Path dir) throws IOException {
        Path file = Files.writeString(dir.resolve("long.csv"), "x".repeat(100_000));

        assertThatThrownBy(() -> Recording.read(file))
                .hasMessageContaining("line 1 'binary data' must be text in lines");
    }

    @Property
    void anyTextIsReadOrRefusedNeverHalfRead(@ForAll @StringLength(max = 200) String text) {
        try {
            assertThat(Recording.read("any", Texts.text(text)).poses()).isGreaterThan(1);
        } catch (InvalidInputException refused) {
            assertThat(refused.faults()).isNotEmpty();
        }
    }
}
