package io.fleetsdk.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.testing.NatsServer;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class InterruptedRunTest {
    private static final int LIMIT_SECONDS = 60;

    @Test
    void aRunThatIsKilledWhileTheRobotIsStoppedReleasesIt() throws Exception {
        try (NatsServer broker = NatsServer.start();
                Watched agent = new Watched(broker.url())) {
            agent.start();
            Process run = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            ConformanceMain.class.getName(),
                            "--robot",
                            agent.id,
                            "--nats",
                            broker.url())
                    .redirectOutput(Redirect.DISCARD)
                    .redirectError(Redirect.DISCARD)
                    .start();

            assertThat(agent.holds.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(Boolean.TRUE);
            run.toHandle().destroy();

            assertThat(agent.holds.poll(LIMIT_SECONDS, TimeUnit.SECONDS)).isEqualTo(Boolean.FALSE);
            assertThat(run.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Tells of each stop and release that it obeys. */
    private static final class Watched extends SmallAgent {
        private final BlockingQueue<Boolean> holds = new LinkedBlockingQueue<>();

        Watched(String broker) throws IOException, InterruptedException {
            super(broker);
        }

        @Override
        synchronized void onStop(JsonNode message) {
            boolean before = stopped;
            super.onStop(message);
            if (before != stopped) {
                holds.add(stopped);
            }
        }
    }
}
