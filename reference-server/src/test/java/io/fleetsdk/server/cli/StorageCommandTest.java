package io.fleetsdk.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fleetsdk.testing.ObjectServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StorageCommandTest {
    private final ObjectServer server = ObjectServer.start();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** The properties are those of the AWS tools. */
    @BeforeEach
    void knowTheServer() {
        System.setProperty("aws.accessKeyId", server.accessKey());
        System.setProperty("aws.secretAccessKey", server.secretKey());
    }

    @AfterEach
    void forgetIt() {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
        server.close();
    }

    @Test
    void whatIsMissingIsPlannedThenCreatedThenThere() {
        assertThat(storage("plan")).as(err.toString()).isEqualTo(1);
        assertThat(out.toString()).contains("missing     robot-logs         bucket", "0 match, 0 created, 5 missing");
        assertThat(storage("apply")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("created     robot-logs         bucket", "0 missing, 0 differ");
        assertThat(out.toString())
                .contains(
                        "not offered production-models  versions",
                        "not offered robot-logs         objects under debug/ after 30 d");
        assertThat(storage("apply")).isZero();
        assertThat(storage("plan")).isZero();
        assertThat(out.toString()).contains("5 match, 0 created, 0 missing, 0 differ, 9 not offered");
    }

    private int storage(String verb) {
        return FleetMain.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("storage", verb, "--s3", server.endpoint().toString());
    }
}
