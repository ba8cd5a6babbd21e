package io.fleetsdk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.fleetsdk.Fleet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.Events;

/** Runs small test classes, good and bad ones, and looks at what becomes of them. */
class FleetExtensionTest {

    @Test
    void theTestsOfAClassAndThoseNestedInItShareOneServerThatIsGoneAfterwards() {
        Sharing.seen.clear();
        Sharing.pids.clear();
        run(Sharing.class).assertStatistics(tests -> tests.succeeded(3));
        assertThat(Sharing.seen).hasSize(1);
        assertThat(Sharing.pids)
                .hasSize(1)
                .allSatisfy(pid -> assertThat(ProcessHandle.of(pid)).isEmpty());
    }

    @Test
    void twoClassesHaveTwoServers() {
        Sharing.pids.clear();
        run(Sharing.class, Other.class);
        assertThat(Sharing.pids).hasSize(2);
    }

    @Test
    void aConnectionLeftOpenFailsItsClassByName() {
        assertThat(failure(LeavesAConnection.class))
                .hasMessageContaining("the test class left behind: an unnamed connection from port ")
                .hasMessageEndingWith("Close each fleet, link and connection that a test opens.");
    }

    @Test
    void aThreadThatOutlivesItsConnectionFailsItsClassByName() {
        assertThat(failure(LeavesAThread.class))
                .hasMessageContaining("the test class left behind: thread careless-ticker.");
        LeavesAThread.end.countDown();
    }

    @Test
    void aServerThatWasKilledByItsTestsFailsNothing() {
        EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(KillsTheServer.class))
                .execute()
                .allEvents()
                .assertStatistics(events -> events.succeeded(3).failed(0));
    }

    @Test
    void aFieldThatIsNotStaticIsExplained() {
        assertThatThrownBy(FleetExtension.connecting(RawFleet::connect)::fleet)
                .hasMessage("no fleet yet: the field of this FleetExtension must be static and annotated"
                        + " @RegisterExtension");
    }

    private static Events run(Class<?>... classes) {
        EngineTestKit.Builder kit = EngineTestKit.engine("junit-jupiter");
        for (Class<?> each : classes) {
            kit.selectors(selectClass(each));
        }
        return kit.execute().testEvents();
    }

    private static Throwable failure(Class<?> testClass) {
        List<Event> failed = EngineTestKit.engine("junit-jupiter")
                .selectors(selectClass(testClass))
                .execute()
                .containerEvents()
                .failed()
                .list();
        assertThat(failed).hasSize(1);
        return failed.get(0)
                .getRequiredPayload(TestExecutionResult.class)
                .getThrowable()
                .orElseThrow();
    }

    static class Sharing {

        static final Set<Fleet> seen = new HashSet<>();
        static final Set<Long> pids = new HashSet<>();

        @RegisterExtension
        static final FleetExtension fleets = FleetExtension.connecting(RawFleet::connect);

        @BeforeEach
        void note(Fleet fleet, NatsServer server) {
            seen.add(fleet);
            pids.add(server.pid());
            assertThat(server.isRunning()).isTrue();
        }

        @Test
        void one(Fleet fleet) {
            assertThat(fleet).isSameAs(fleets.fleet());
        }

        @Test
        void two(NatsServer server) {
            assertThat(server).isSameAs(fleets.server());
        }

        @Nested
        class Inner {

            @Test
            void three(Fleet fleet) {
                assertThat(fleet).isSameAs(fleets.fleet());
            }
        }
    }

    static class Other {

        @RegisterExtension
        static final FleetExtension fleets = FleetExtension.connecting(RawFleet::connect);

        @Test
        void one(NatsServer server) {
            Sharing.pids.add(server.pid());
        }
    }

    static class LeavesAConnection {

        static final List<RawClient> forgotten = new ArrayList<>();

        @RegisterExtension
        static final FleetExtension fleets = FleetExtension.connecting(RawFleet::connect);

        @Test
        void opens(NatsServer server) throws IOException {
            forgotten.add(RawClient.connect(server.url()));
        }
    }

    static class LeavesAThread {

        static final CountDownLatch end = new CountDownLatch(1);

        @RegisterExtension
        static final FleetExtension fleets = FleetExtension.connecting(RawFleet::connect);

        @Test
        void starts(NatsServer server) throws IOException {
            Thread ticker = new Thread(LeavesAThread::tick, "careless-ticker");
            ticker.setDaemon(true);
            ticker.start();
            RawClient.connect(server.url(), "careless").close();
        }

        private static void tick() {
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static class KillsTheServer {

        @RegisterExtension
        static final FleetExtension fleets = FleetExtension.connecting(RawFleet::connect);

        @Test
        void kills(NatsServer server) {
            server.kill();
        }
    }
}
