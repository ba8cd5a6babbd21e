package io.fleetsdk.job;

import io.fleetsdk.internal.Require;
import java.time.Duration;

/** What becomes of a job when one with the same key was submitted shortly before. Keys are per queue: one token each. */
public sealed interface Deduplication {
    String key();

    /** One job per key and window; the others answer with the one that is there. */
    static Deduplication throttle(String key, Duration window) {
        return new Throttle(key, window);
    }

    /** Starts when the key has been quiet for this long, with the input that came last; the jobs before it are discarded. */
    static Deduplication debounce(String key, Duration quiet) {
        return new Debounce(key, quiet);
    }

    /** At most one active job and one waiting behind it; a newer one takes the waiting one's place. */
    static Deduplication keepLast(String key) {
        return new KeepLast(key);
    }

    /**
     * @param window 1 s to 7 d
     */
    record Throttle(String key, Duration window) implements Deduplication {
        public Throttle {
            key = Require.token("deduplication.key", key);
            window = Times.within("deduplication.window", window, Duration.ofSeconds(1), Times.WEEK);
        }
    }

    /**
     * @param quiet 100 ms to 7 d
     */
    record Debounce(String key, Duration quiet) implements Deduplication {
        public Debounce {
            key = Require.token("deduplication.key", key);
            quiet = Times.within("deduplication.quiet", quiet, Duration.ofMillis(100), Times.WEEK);
        }
    }

    record KeepLast(String key) implements Deduplication {
        public KeepLast {
            key = Require.token("deduplication.key", key);
        }
    }
}
