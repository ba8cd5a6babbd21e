package io.fleetsdk.testing;

import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;

/**
 * Keeps out of listings the files that uploads in progress are written to. A finished file carries its ETag before it gets its name;
 * one that is being written has none.
 */
final class WholeObjects extends ForwardingBlobStore {
    WholeObjects(BlobStore store) {
        super(store);
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
