package io.fleetsdk.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.command.CommandExecution.Step;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.robot.RobotId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

class CommandExecutionTest {
    private static final Instant START = Instant.parse("2026-01-31T12:00:00Z");
    private static final CommandExecution REQUESTED = CommandExecution.requested(
            RobotId.of("RB-001"), CommandRequest.of("move_to").sentAt(START), START);

    @Property
    void onlyAllowedStepsAreTakenWhateverTheRobotSays(@ForAll("words") List<CommandAck> words) {
        CommandExecution execution = REQUESTED;
        for (CommandAck word : words) {
            CommandExecution next = execution.after(word, START.plusSeconds(1));
            if (execution.state().canBecome(word.state())) {
                assertThat(next.state()).isEqualTo(word.state());
                assertThat(next.steps()).last().isEqualTo(new Step(word.state(), START.plusSeconds(1), word.message()));
            } else {
                assertThat(next).isSameAs(execution);
            }
            execution = next;
        }
    }

    @Property
    void theEndStaysTheEnd(@ForAll("words") List<CommandAck> words, @ForAll("words") List<CommandAck> later) {
        CommandExecution ended = after(REQUESTED, words);
        if (ended.state().isFinal()) {
            assertThat(after(ended, later)).isSameAs(ended);
            assertThat(ended.overdue(START)).isSameAs(ended);
        }
    }

    @Property
    void anEndComesAtTheDeadlineAndOnlyALateEndReplacesATimeout(
            @ForAll("words") List<CommandAck> words, @ForAll("words") List<CommandAck> later) {
        CommandExecution before = after(REQUESTED, words);
        CommandExecution concluded = before.overdue(START.plusSeconds(9));

        assertThat(concluded.state().isFinal()).isTrue();
        if (concluded.state() == CommandState.TIMEOUT) {
            assertThat(before.state()).isIn(CommandState.ACCEPTED, CommandState.RUNNING);
            Optional<CommandState> lateEnd = later.stream()
                    .map(CommandAck::state)
                    .filter(state -> state.isFinal() && state != CommandState.REJECTED)
                    .findFirst();
            assertThat(after(concluded, later).state()).isEqualTo(lateEnd.orElse(CommandState.TIMEOUT));
        } else {
            assertThat(after(concluded, later)).isSameAs(concluded);
        }
    }

    @Property
    void theFirstAndTheNewestStepsAreKept(@ForAll("words") List<CommandAck> words, @ForAll("progress") int reports) {
        CommandExecution execution = after(REQUESTED, words);
        for (int i = 0; i < reports; i++) {
            execution = execution.after(CommandAck.progress(i), START.plusSeconds(i));
        }

        assertThat(execution.steps())
                .hasSizeBetween(1, 32)
                .startsWith(REQUESTED.steps().get(0));
        assertThat(execution.steps()).last().extracting(Step::state).isEqualTo(execution.state());
        if (execution.state() == CommandState.RUNNING && reports > 31) {
            assertThat(execution.steps()).hasSize(32);
            assertThat(execution.steps().get(1).at()).isEqualTo(START.plusSeconds(reports - 31));
        }
    }

    @Example
    void aWordWithoutProgressOrResultLeavesWhatWasSaid() {
        JsonObject detail = JsonObject.of("step", 2);
        CommandExecution running = REQUESTED
                .after(CommandAck.progress(40).withMessage("lifting").withResult(detail), START)
                .after(CommandAck.of(CommandState.RUNNING), START);
        assertThat(running.progress()).hasValue(40);
        assertThat(running.message()).contains("lifting");

        CommandExecution completed = running.after(CommandAck.of(CommandState.COMPLETED), START);
        assertThat(completed.progress()).hasValue(40);
        assertThat(completed.result()).contains(detail);
        assertThat(completed.message()).as("lifting is over").isEmpty();
    }

    @Example
    void aRepeatedCommandIsTheSameCommand() {
        UUID id = UUID.randomUUID();
        CommandRequest request = CommandRequest.of("dock").withCommandId(id);

        assertThat(request.sentAt(START)).isEqualTo(request.sentAt(START));
        assertThat(request.sentAt(START).isExpired(START.plusSeconds(600))).isTrue();
        assertThat(request.sentAt(START).isExpired(START.plusMillis(599_999))).isFalse();
    }

    @Provide
    Arbitrary<List<CommandAck>> words() {
        Arbitrary<CommandState> states = Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.of(CommandState.ACCEPTED, CommandState.RUNNING)),
                Tuple.of(
                        1,
                        Arbitraries.of(CommandState.class)
                                .filter(state -> state != CommandState.REQUESTED && state != CommandState.TIMEOUT)));
        Arbitrary<OptionalDouble> progress =
                Arbitraries.integers().between(0, 100).map(OptionalDouble::of);
        Arbitrary<Optional<String>> messages = Arbitraries.of("lifting", "done").optional();
        return Combinators.combine(states, progress, messages)
                .as((state, percent, message) -> new CommandAck(state, percent, message, Optional.empty()))
                .list()
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<Integer> progress() {
        return Arbitraries.integers().between(0, 100);
    }

    private static CommandExecution after(CommandExecution execution, List<CommandAck> words) {
        for (CommandAck word : words) {
            execution = execution.after(word, START);
        }
        return execution;
    }
}
