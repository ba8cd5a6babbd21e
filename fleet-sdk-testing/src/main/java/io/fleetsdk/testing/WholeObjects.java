package io.fleetsdk.testing;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.S3Exceptions;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CopyObjectRequest;
import software.amazon.awssdk.services.s3.model.CopyObjectResponse;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;

/**
 * A directory as a store that shows whole objects only. Keeps out of listings the files that uploads in progress are written to. A finished file carries its ETag before it gets its name;
 * one that is being written has none.
 */
final class WholeObjects extends ForwardingBlobStore {
    /** Of a file's name, with room for the random number that a file has while it is written. */
    private static final int MOST_BYTES = 255 - 37;

    WholeObjects(BlobStore store) {
        super(store);
    }

    @Override
    public PutObjectResponse putBlob(PutObjectRequest request, InputStream content) {
        checkNames(request.key());
        return super.putBlob(request, content);
    }

    @Override
    public CopyObjectResponse copyBlob(CopyObjectRequest request) {
        checkNames(request.destinationKey());
        return super.copyBlob(request);
    }

    @Override
    public MultipartUpload initiateMultipartUpload(CreateMultipartUploadRequest request) {
        checkNames(request.key());
        return super.initiateMultipartUpload(request);
    }

    /** Else the file system's refusal would look like trouble of the server's own, which clients expect to pass. */
    private static void checkNames(String key) {
        for (String name : key.split("/", -1)) {
            if (name.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES) {
                throw S3Exceptions.invalidArgument("a name in a key must be at most " + MOST_BYTES + " bytes");
            }
        }
    }

    @Override
    public ListObjectsV2Response list(ListObjectsV2Request request) {
        ListObjectsV2Response page = super.list(request);
        return page.toBuilder()
                .contents(page.contents().stream()
                        .filter(object -> object.eTag() != null || !UnfinishedFiles.isNamedSo(object.key()))
                        .toList())
                .build();
    }
}
