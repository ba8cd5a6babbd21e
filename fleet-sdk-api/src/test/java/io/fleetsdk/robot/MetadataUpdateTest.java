package io.fleetsdk.robot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetadataUpdateTest {
    private static final RobotMetadata CURRENT = new RobotMetadata(
            Optional.of("Anna"),
            false,
            Set.of("hall-1"),
            Optional.of("left wheel squeaks"),
            Optional.of(Instant.EPOCH),
            7);

    @Test
    void whatIsNotSaidStaysAsItIs() {
        assertThat(MetadataUpdate.builder().build().appliedTo(CURRENT)).isEqualTo(CURRENT);
    }

    @Test
    void whatIsSaidReplaces() {
        RobotMetadata changed = MetadataUpdate.builder()
                .displayName("Bert")
                .enable()
                .tags(Set.of())
                .notes("limps")
                .build()
                .appliedTo(CURRENT);

        assertThat(changed)
                .isEqualTo(new RobotMetadata(
                        Optional.of("Bert"), true, Set.of(), Optional.of("limps"), Optional.of(Instant.EPOCH), 7));
    }

    @Test
    void anEmptyTextTakesAway() {
        RobotMetadata changed =
                MetadataUpdate.builder().displayName("").notes("").build().appliedTo(CURRENT);

        assertThat(changed.displayName()).isEmpty();
        assertThat(changed.notes()).isEmpty();
    }
}
