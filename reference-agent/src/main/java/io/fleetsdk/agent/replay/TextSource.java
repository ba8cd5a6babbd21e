package io.fleetsdk.agent.replay;

import java.io.IOException;
import java.io.InputStream;

/** A text that can be read from its beginning any number of times. */
@FunctionalInterface
interface TextSource {
    InputStream open() throws IOException;
}
