package io.fleetsdk.server.cli.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAlignedAndOnlyTheLastIsCut() {
        Table table = Table.of("ID", "NOTE")
                .row("a-rather-long-id", "it does not fit into the line at all")
                .row(7, "short");

        assertThat(table.lines(30))
                .containsExactly("ID                NOTE", "a-rather-long-id  it does not…", "7                 short");
    }

    @Test
    void whatWouldSteerATerminalIsASpace() {
        assertThat(Table.of("NOTE").row("red\u001b[31m\nline").lines(80).get(1)).isEqualTo("red [31m line");
    }
}
