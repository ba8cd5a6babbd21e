package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.CommandAck;
import io.fleetsdk.command.CommandState;
import io.fleetsdk.command.CommandTypes;
import io.fleetsdk.command.Priority;
import io.fleetsdk.command.StopLatch;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.link.RobotLink.StopScope;
import io.fleetsdk.link.RobotLink.StopSignal;
import io.fleetsdk.link.RobotLink.StopSource;
import io.fleetsdk.settings.DesiredSettings;
import io.fleetsdk.settings.ReportedSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Whatever comes in, in whatever order: the agent on a link without a wire. */
class AgentStateMachineTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    enum Event {
        BEEP,
        DRIVE,
        THE_LAST_AGAIN,
        CANCEL_THE_LAST,
        STOP,
        RELEASE,
        OLD_RELEASE,
        CONNECT,
        DISCONNECT,
        RESTART
    }

    private Path directory;
    private PaperLink link;
    private ObedientDriver driver;
    private RobotAgent agent;
    private final List<PaperLink> links = new ArrayList<>();
    private final List<ObedientDriver> drivers = new ArrayList<>();
    private final List<Command> sent = new ArrayList<>();
    private long revision;
    private boolean held;

    @BeforeTry
    void begin() throws IOException {
        directory = Files.createTempDirectory("agent");
        revision = 0;
        held = false;
        sent.clear();
        links.clear();
        drivers.clear();
        start();
    }

    @AfterTry
    void end() throws IOException {
        agent.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 60, shrinking = ShrinkingMode.OFF)
    void whateverHappensEachCommandRunsAtMostOnceAndIsAnsweredToItsEnd(@ForAll @Size(max = 14) List<Event> events) {
        for (Event event : events) {
            happen(event);
            assertThat(driver.stopped).isEqualTo(held);
        }
        release();
        link.connect();
        latchesRead();
        cancelAll();

        await().atMost(SOON).until(() -> sent.stream().allMatch(this::hasEnded));
        List<UUID> executed =
                drivers.stream().flatMap(each -> each.executed.stream()).toList();
        assertThat(executed).doesNotHaveDuplicates();
        sent.forEach(this::assertOneEnd);
    }

    @Example
    void anAcceptedCommandDoesNotBeginBetweenAConnectAndTheWordOnBothLatches() {
        deliver("drive");
        await().atMost(SOON).until(() -> driver.executed.size() == 1);
        Command waiting = deliver("beep");
        link.connect();
        link.deliver(cancel(sent.get(0)));
        await().atMost(SOON).until(() -> hasEnded(sent.get(0)));
        link.signal(new StopSignal(StopScope.ROBOT, StopLatch.never(), StopSource.STORED));
        link.signal(new StopSignal(StopScope.FLEET, StopLatch.never(), StopSource.SIGNAL));
        assertThat(driver.executed).hasSize(1);

        link.signal(new StopSignal(StopScope.FLEET, StopLatch.never(), StopSource.STORED));

        await().atMost(SOON).until(() -> driver.executed.contains(waiting.commandId()));
    }

    @Example
    void whatWaitedWhenTheStopCameDoesNotBeginAfterTheRelease() {
        deliver("watch");
        Command drive = deliver("drive");
        await().atMost(SOON).until(() -> driver.executed.size() == 1);

        signal(true, ++revision);
        release();

        await().atMost(SOON).until(() -> hasEnded(drive));
        assertThat(hasEnded(sent.get(0))).isFalse();
        assertThat(driver.executed).doesNotContain(drive.commandId());
    }

    @Example
    void aStopBetweenTheQuestionAndTheAcceptanceKeepsTheCommandFromBeginning() {
        driver.whenAsked = () -> signal(true, ++revision);
        Command drive = deliver("drive");

        await().atMost(SOON).until(() -> hasEnded(drive));
        assertThat(answers(drive)).containsExactly(CommandState.ACCEPTED, CommandState.FAILED);
        assertThat(driver.executed).isEmpty();
    }

    @Example
    void aDriverThatFailsToStopIsToldAgainWithoutAnotherSignal() {
        driver.refusesToStop = true;
        signal(true, ++revision);
        assertThat(driver.stopped).isFalse();

        driver.refusesToStop = false;

        await().atMost(SOON).until(() -> driver.stopped);
    }

    @Example
    void answersThatWereNotStoredAreSentAgainAfterARestart() {
        Command beep = deliver("beep");
        await().atMost(SOON).until(() -> hasEnded(beep));
        agent.close();
        links.clear();

        start();

        await().atMost(SOON).until(() -> hasEnded(beep));
        assertThat(answers(beep)).containsExactly(CommandState.ACCEPTED, CommandState.RUNNING, CommandState.COMPLETED);
        link.connect();
        await().atMost(SOON).until(() -> agent.statistics().answersPending() == 0);
    }

    @Example
    void aCommandIsSettledOnlyWhenItsAnswerIsOnDiskOrStored() {
        List<Boolean> onDisk = new ArrayList<>();
        link.whenSettled =
                command -> onDisk.add(journal().contains(command.commandId().toString()));
        Command command = command("beep");
        assertThat(link.deliver(command)).isTrue();
        assertThat(onDisk).containsExactly(true);

        boolean settledWithoutAConnection = link.deliver(command);

        assertThat(settledWithoutAConnection).isFalse();
        link.connect();
        assertThat(link.deliver(command)).isTrue();
    }

    @Example
    void anUnreadableRecordOfTheLatchesHoldsTheRobotUntilBothAreRead() throws IOException {
        agent.close();
        Files.writeString(directory.resolve("estop.json"), "{\"robot\":");
        start();
        assertThat(driver.stopped).isTrue();

        link.connect();
        latchesRead();

        assertThat(driver.stopped).isFalse();
    }

    @Example
    void theLastSettingsAreInForceBeforeAnyCommandBeginsAlsoWithoutABroker() {
        link.desire(new DesiredSettings(4, JsonObject.of("tone", 4), Map.of(), Optional.empty()));
        await().atMost(SOON).until(() -> link.reported.size() == 2);
        deliver("drive");
        await().atMost(SOON).until(() -> driver.executed.size() == 1);
        deliver("beep");
        agent.close();

        start();

        await().atMost(SOON).until(() -> driver.events.contains("beep"));
        assertThat(driver.events).startsWith("settings", "beep");
        assertThat(driver.settings).containsExactly(JsonObject.of("tone", 4));
        assertThat(link.reported).extracting(ReportedSettings::appliedRevision).containsExactly(4L);
    }

    @Example
    void anOlderRevisionIsNotApplied() {
        link.desire(new DesiredSettings(4, JsonObject.of("tone", 4), Map.of(), Optional.empty()));
        await().atMost(SOON).until(() -> driver.settings.size() == 2);
        link.desire(new DesiredSettings(3, JsonObject.of("tone", 3), Map.of(), Optional.empty()));
        link.desire(new DesiredSettings(5, JsonObject.of("tone", 5), Map.of(), Optional.empty()));
        await().atMost(SOON).until(() -> link.reported.size() == 3);

        assertThat(driver.settings)
                .containsExactly(JsonObject.empty(), JsonObject.of("tone", 4), JsonObject.of("tone", 5));
    }

    private void happen(Event event) {
        switch (event) {
            case BEEP -> deliver("beep");
            case DRIVE -> deliver("drive");
            case THE_LAST_AGAIN -> last().ifPresent(link::deliver);
            case CANCEL_THE_LAST -> last().ifPresent(command -> link.deliver(cancel(command)));
            case STOP -> {
                signal(true, ++revision);
                held = true;
            }
            case RELEASE -> release();
            case OLD_RELEASE -> signal(false, revision);
            case CONNECT -> {
                link.connect();
                latchesRead();
            }
            case DISCONNECT -> link.disconnect();
            case RESTART -> {
                agent.close();
                start();
            }
        }
    }

    private void release() {
        signal(false, ++revision);
        held = false;
    }

    private void signal(boolean stopped, long number) {
        StopLatch latch = new StopLatch(stopped, number, "test", "kim", Instant.ofEpochSecond(number));
        link.signal(new StopSignal(StopScope.ROBOT, latch, StopSource.SIGNAL));
    }

    private void latchesRead() {
        link.signal(new StopSignal(StopScope.ROBOT, StopLatch.never(), StopSource.STORED));
        link.signal(new StopSignal(StopScope.FLEET, StopLatch.never(), StopSource.STORED));
    }

    private void cancelAll() {
        sent.forEach(command -> link.deliver(cancel(command)));
    }

    private Command deliver(String type) {
        Command command = command(type);
        sent.add(command);
        link.deliver(command);
        return command;
    }

    private String journal() {
        try {
            return Files.readString(directory.resolve("commands.journal"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Optional<Command> last() {
        return sent.isEmpty() ? Optional.empty() : Optional.of(sent.get(sent.size() - 1));
    }

    private boolean hasEnded(Command command) {
        return answers(command).anyMatch(CommandState::isFinal);
    }

    private void assertOneEnd(Command command) {
        Set<CommandState> ends = new HashSet<>();
        answers(command).filter(CommandState::isFinal).forEach(ends::add);
        assertThat(ends).as(command.type()).hasSize(1);
    }

    private Stream<CommandState> answers(Command command) {
        return links.stream()
                .flatMap(each -> each.answers.stream())
                .filter(answer -> answer.commandId().equals(command.commandId()))
                .map(PaperLink.Answer::ack)
                .map(CommandAck::state);
    }

    private void start() {
        link = new PaperLink();
        driver = new ObedientDriver();
        links.add(link);
        drivers.add(driver);
        agent = RobotAgent.builder(LiveAgent.config("RB-1"), driver, link, directory)
                .waitingCommands(100)
                .build();
        agent.start();
    }

    private static Command command(String type) {
        return new Command(
                UUID.randomUUID(), type, JsonObject.empty(), Priority.NORMAL, Optional.empty(), Optional.empty());
    }

    private static Command cancel(Command target) {
        return new Command(
                UUID.randomUUID(),
                CommandTypes.CANCEL,
                JsonObject.of("commandId", target.commandId().toString()),
                Priority.NORMAL,
                Optional.empty(),
                Optional.empty());
    }
}
