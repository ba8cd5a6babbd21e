package io.fleetsdk.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The pipe from whoever started this process: it ends when its owner does, however that came about. */
final class StandardInput {
    private static final Logger log = LoggerFactory.getLogger(StandardInput.class);

    private StandardInput() {}

    static void exitAtEnd() {
        Thread watch = new Thread(StandardInput::awaitEnd, "stdin-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void awaitEnd() {
        try (InputStream in = System.in) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            log.debug("Standard input broke off", e);
        }
        System.exit(0);
    }
}
