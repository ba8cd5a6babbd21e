package io.fleetsdk.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.command.Command;
import io.fleetsdk.command.Priority;
import io.fleetsdk.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class CommandQueueTest {
    @Property
    void theMostUrgentGoFirstAndEqualsInTheOrderOfTheirArrival(@ForAll List<Priority> priorities)
            throws InterruptedException {
        CommandQueue queue = queue();
        List<Command> commands = new ArrayList<>();
        for (Priority priority : priorities) {
            Command command = command(commands.size(), priority);
            commands.add(command);
            queue.add(command);
        }

        List<Command> begun = new ArrayList<>();
        for (int i = 0; i < commands.size(); i++) {
            begun.add(queue.next().orElseThrow().command());
            queue.done();
        }

        commands.sort(Comparator.comparing(Command::priority)); // stable
        assertThat(begun).isEqualTo(commands);
    }

    @Property
    void whatIsTakenOutNeverBegins(@ForAll List<Priority> priorities, @ForAll Priority out)
            throws InterruptedException {
        CommandQueue queue = queue();
        priorities.forEach(priority -> queue.add(command(priority.ordinal(), priority)));

        List<Command> removed = queue.remove(command -> command.priority() == out);

        long expected = priorities.stream().filter(out::equals).count();
        assertThat(removed).hasSize((int) expected);
        for (int i = 0; i < priorities.size() - expected; i++) {
            assertThat(queue.next().orElseThrow().command().priority()).isNotEqualTo(out);
            queue.done();
        }
    }

    @Property(tries = 1)
    void nothingBeginsAfterTheClose() throws InterruptedException {
        CommandQueue queue = queue();
        queue.add(command(1, Priority.HIGH));
        queue.close();

        assertThat(queue.next()).isEmpty();
    }

    private static CommandQueue queue() {
        return new CommandQueue(
                3, command -> new RunningCommand(command, Clock.systemUTC(), Duration.ZERO, report -> {}));
    }

    private static Command command(int number, Priority priority) {
        return new Command(
                new UUID(3, number), "beep", JsonObject.empty(), priority, Optional.empty(), Optional.empty());
    }
}
