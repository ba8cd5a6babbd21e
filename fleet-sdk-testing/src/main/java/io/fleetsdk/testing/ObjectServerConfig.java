package io.fleetsdk.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** What an object server needs to know. A port of 0 means any free one. */
record ObjectServerConfig(Path directory, String host, int port, String accessKey, String secretKey, Place place) {
    /** Where the server runs. */
    enum Place {
        THIS_JVM,
        OWN_JVM
    }

    RunningStore launch() throws IOException {
        return place == Place.OWN_JVM ? StoreProcess.start(this) : EmbeddedStore.start(this);
    }

    URI endpoint() {
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port);
    }

    /** One line each, in the order in which {@link #read} takes them. */
    List<String> lines() {
        return List.of(directory.toString(), host, String.valueOf(port), accessKey, secretKey);
    }

    static ObjectServerConfig read(List<String> lines) {
        return new ObjectServerConfig(
                Path.of(lines.get(0)),
                lines.get(1),
                Integer.parseInt(lines.get(2)),
                lines.get(3),
                lines.get(4),
                Place.THIS_JVM);
    }

    @Override
    public String toString() {
        return endpoint() + " in " + directory;
    }
}
