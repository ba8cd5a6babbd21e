package io.fleetsdk.command;

import static io.fleetsdk.command.CommandState.ACCEPTED;
import static io.fleetsdk.command.CommandState.CANCELLED;
import static io.fleetsdk.command.CommandState.COMPLETED;
import static io.fleetsdk.command.CommandState.EXPIRED;
import static io.fleetsdk.command.CommandState.FAILED;
import static io.fleetsdk.command.CommandState.REJECTED;
import static io.fleetsdk.command.CommandState.REQUESTED;
import static io.fleetsdk.command.CommandState.RUNNING;
import static io.fleetsdk.command.CommandState.TIMEOUT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CommandStateTest {
    /** The life cycle as docs/protocol.md draws it; a robot's first word may be any (FP-CMD-8). */
    private static final Map<CommandState, Set<CommandState>> LIFE_CYCLE = Map.of(
            REQUESTED, Set.of(ACCEPTED, REJECTED, RUNNING, COMPLETED, FAILED, CANCELLED, EXPIRED),
            ACCEPTED, Set.of(RUNNING, COMPLETED, FAILED, CANCELLED, EXPIRED, TIMEOUT),
            RUNNING, Set.of(RUNNING, COMPLETED, FAILED, CANCELLED, EXPIRED, TIMEOUT),
            TIMEOUT, Set.of(COMPLETED, FAILED, CANCELLED, EXPIRED));

    @Property
    void theListedStepsAreAllowedAndNoOther(@ForAll CommandState from, @ForAll CommandState to) {
        assertThat(from.canBecome(to))
                .isEqualTo(LIFE_CYCLE.getOrDefault(from, Set.of()).contains(to));
    }

    @Property
    void nothingFollowsAFinalStateButALateWordAfterATimeout(@ForAll CommandState from, @ForAll CommandState to) {
        if (from.isFinal() && from.canBecome(to)) {
            assertThat(from).isEqualTo(TIMEOUT);
            assertThat(to.isFinal()).isTrue();
        }
        assertThat(Set.of(REQUESTED, ACCEPTED, RUNNING).contains(from)).isEqualTo(!from.isFinal());
    }
}
