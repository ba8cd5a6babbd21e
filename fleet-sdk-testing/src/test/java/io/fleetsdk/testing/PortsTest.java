package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PortsTest {

    private static final String FILE =
            "{\"nats\":[\"nats://127.0.0.1:41234\",\"nats://10.0.0.2:41234\"],\"monitoring\":[\"http://127.0.0.1:8222\"]}";

    @Test
    void theFirstAddressOfEachKindCounts() {
        assertThat(Ports.parse(FILE)).contains(new Ports(41234, OptionalInt.of(8222)));
        assertThat(Ports.parse("{\"nats\":[\"tls://[::1]:4222\"]}")).contains(new Ports(4222, OptionalInt.empty()));
    }

    @Test
    void aFileThatIsStillBeingWrittenIsNoneYet() {
        assertThat(IntStream.range(0, FILE.length()).mapToObj(end -> FILE.substring(0, end)))
                .allSatisfy(part -> assertThat(Ports.parse(part)).isEmpty());
    }
}
