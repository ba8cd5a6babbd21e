package io.fleetsdk.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The process of an object server: takes its settings from its standard input and serves until that ends. */
final class ObjectServerMain {
    static final String LISTENING = "listening";
    private static final int SETTINGS = 5;

    private ObjectServerMain() {}

    public static void main(String[] arguments) throws IOException {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        List<String> settings = new ArrayList<>();
        while (settings.size() < SETTINGS) {
            settings.add(input.readLine());
        }
        EmbeddedStore store = EmbeddedStore.start(ObjectServerConfig.read(settings));
        System.out.println(LISTENING);
        while (input.readLine() != null) {
            // Nothing is said to it any more; all that matters is when the input ends.
        }
        store.stop();
    }
}
