package io.fleetsdk.storage.s3;

import io.fleetsdk.ConflictException;
import io.fleetsdk.FleetException;
import io.fleetsdk.UnavailableException;
import io.fleetsdk.storage.Blob;
import io.fleetsdk.storage.UploadOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** An object that goes up in parts, some at a time. It shows when the last step says so; a failed one is taken back. */
final class MultipartUpload {
    private static final Logger log = LoggerFactory.getLogger(MultipartUpload.class);
    private static final int MOST_PARTS = 10_000;

    private final S3Upload upload;
    private final Parts threads;
    private final long partSize;
    private final long size;

    MultipartUpload(S3Upload upload, Parts threads, long partSize) {
        this.upload = upload;
        this.threads = threads;
        this.size = upload.content.size();
        this.partSize = Math.max(partSize, (size + MOST_PARTS - 1) / MOST_PARTS);
    }

    /** Threads for parts, shared by all uploads of a store. */
    static final class Parts implements AutoCloseable {
        private static final int IDLE_SECONDS = 10;

        private final ThreadPoolExecutor pool;

        Parts(int most) {
            pool = new ThreadPoolExecutor(
                    most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), Parts::thread);
            pool.allowCoreThreadTimeOut(true);
        }

        private static Thread thread(Runnable work) {
            Thread thread = new Thread(work, "fleet-s3-part");
            thread.setDaemon(true);
            return thread;
        }

        @Override
        public void close() {
            pool.shutdownNow();
        }
    }

    Blob run() throws IOException {
        refuseEarly();
        String id = begun();
        S3Upload.Stored stored;
        try {
            List<CompletedPart> parts = sent(id);
            upload.content.checkUnchanged();
            stored = completed(id, parts);
        } catch (IOException | RuntimeException e) {
            takeBack(id);
            throw e;
        }
        return upload.verified(stored);
    }

    /** Before gigabytes are sent for nothing; who wins is decided at the end. */
    private void refuseEarly() {
        if (upload.options.existing() == UploadOptions.Existing.REFUSE && upload.isThere()) {
            throw new ConflictException(upload.doing() + ": there is one already");
        }
    }

    private String begun() {
        return upload.calls
                .read(
                        upload.doing(),
                        () -> upload.client.createMultipartUpload(request -> request.bucket(upload.ref.bucket())
                                .key(upload.ref.key())
                                .contentType(upload.options.contentType())
                                .metadata(upload.metadata.entries())
                                .tagging(upload.tagging())))
                .uploadId();
    }

    private List<CompletedPart> sent(String id) {
        ExecutorCompletionService<CompletedPart> running = new ExecutorCompletionService<>(threads.pool);
        List<Future<CompletedPart>> parts = new ArrayList<>();
        try {
            for (long offset = 0; offset < size; offset += partSize) {
                int number = parts.size() + 1;
                long from = offset;
                parts.add(running.submit(() -> part(id, number, from)));
            }
            return inOrder(running, parts.size());
        } finally {
            parts.forEach(part -> part.cancel(true));
        }
    }

    private CompletedPart part(String id, int number, long offset) {
        long length = Math.min(partSize, size - offset);
        UploadPartResponse answer = upload.calls.read(
                upload.doing() + ", part " + number,
                () -> upload.client.uploadPart(
                        request -> request.bucket(upload.ref.bucket())
                                .key(upload.ref.key())
                                .uploadId(id)
                                .partNumber(number)
                                .overrideConfiguration(upload.timeToSend(length)),
                        upload.body(offset, length)));
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(answer.eTag())
                .checksumCRC32(answer.checksumCRC32())
                .build();
    }

    /** The first failure of a part ends it all. */
    private List<CompletedPart> inOrder(ExecutorCompletionService<CompletedPart> running, int count) {
        CompletedPart[] parts = new CompletedPart[count];
        try {
            for (int done = 1; done <= count; done++) {
                CompletedPart part = running.take().get();
                parts[part.partNumber() - 1] = part;
                upload.options.progress().transferred(Math.min(size, done * partSize), size);
            }
            return List.of(parts);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException(upload.doing() + ": interrupted; nothing was stored", e);
        } catch (ExecutionException e) {
            throw failed(e);
        }
    }

    private FleetException failed(ExecutionException e) {
        if (e.getCause() instanceof FleetException known) {
            return known;
        }
        return new UnavailableException(upload.doing() + ": " + e.getCause(), e);
    }

    private S3Upload.Stored completed(String id, List<CompletedPart> parts) {
        return upload.stored(() -> {
            CompleteMultipartUploadResponse answer =
                    upload.client.completeMultipartUpload(request -> request.bucket(upload.ref.bucket())
                            .key(upload.ref.key())
                            .uploadId(id)
                            .ifNoneMatch(upload.ifNoneMatch())
                            .multipartUpload(whole -> whole.parts(parts)));
            return upload.stored(answer.versionId(), answer.eTag());
        });
    }

    /** Also when this thread was interrupted, which would keep the request from being sent. */
    private void takeBack(String id) {
        boolean interrupted = Thread.interrupted();
        try {
            upload.client.abortMultipartUpload(request ->
                    request.bucket(upload.ref.bucket()).key(upload.ref.key()).uploadId(id));
        } catch (SdkException e) {
            log.warn(
                    "The parts of a failed upload of {} stay until a lifecycle rule removes them: {}",
                    upload.ref,
                    e.getMessage());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
