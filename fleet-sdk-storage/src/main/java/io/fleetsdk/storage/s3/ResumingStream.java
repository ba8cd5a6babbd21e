package io.fleetsdk.storage.s3;

import io.fleetsdk.storage.Blob;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** Goes on where it was after a cut connection. A stream that ends early counts as cut. */
final class ResumingStream extends InputStream {
    private final S3Download download;
    private final Blob blob;
    private final long end;
    private long position;
    private Optional<ResponseInputStream<GetObjectResponse>> current;

    ResumingStream(S3Download download, Blob blob, ResponseInputStream<GetObjectResponse> first) {
        this.download = download;
        this.blob = blob;
        this.position = download.range().offset();
        this.end = position + download.range().lengthIn(blob.size());
        this.current = Optional.of(first);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        if (length == 0) {
            return 0;
        }
        if (position == end) {
            return -1;
        }
        int read = download.calls().read(download.doing(), () -> readOnce(buffer, offset, length));
        position += read;
        return read;
    }

    /** What is left unread is not fetched. */
    @Override
    public void close() {
        current.ifPresent(position == end ? ResumingStream::release : ResponseInputStream::abort);
        current = Optional.empty();
    }

    private int readOnce(byte[] buffer, int offset, int length) {
        ResponseInputStream<GetObjectResponse> in = current.orElseGet(() -> download.again(blob, position, end));
        current = Optional.of(in);
        try {
            int read = in.read(buffer, offset, (int) Math.min(length, end - position));
            if (read < 0) {
                throw new EOFException("the connection ended at byte " + position + " of " + end);
            }
            return read;
        } catch (IOException e) {
            in.abort();
            current = Optional.empty();
            throw SdkClientException.create(e.toString(), e);
        }
    }

    private static void release(ResponseInputStream<GetObjectResponse> in) {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
