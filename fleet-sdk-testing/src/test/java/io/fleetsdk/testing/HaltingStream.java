package io.fleetsdk.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;

/** Endless zeros that halt after some, until they may go on. */
final class HaltingStream extends InputStream {
    private final CountDownLatch halted;
    private final CountDownLatch goOn;
    private int left;

    HaltingStream(int before, CountDownLatch halted, CountDownLatch goOn) {
        this.left = before;
        this.halted = halted;
        this.goOn = goOn;
    }

    @Override
    public int read() throws IOException {
        if (--left == 0) {
            halted.countDown();
            await();
        }
        return 0;
    }

    private void await() throws IOException {
        try {
            goOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
