package io.fleetsdk.server.page;

import static io.fleetsdk.server.page.OpenPage.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobWorker;
import io.fleetsdk.json.JsonObject;
import io.fleetsdk.server.training.LinearTrainer;
import io.fleetsdk.storage.StorageLayout;
import io.fleetsdk.storage.dataset.DatasetRef;
import io.fleetsdk.storage.dataset.DatasetStore;
import io.fleetsdk.storage.s3.S3BlobStore;
import io.fleetsdk.storage.s3.S3Credentials;
import io.fleetsdk.storage.s3.S3Options;
import io.fleetsdk.storage.training.QueuedTraining;
import io.fleetsdk.storage.training.StoredTraining;
import io.fleetsdk.storage.training.TrainingWorkerOptions;
import io.fleetsdk.testing.ObjectServer;
import io.fleetsdk.training.TrainingRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Runs that really learn, and what is seen of them. */
class TrainingViewTest {
    @RegisterExtension
    static final PageExtension pages = new PageExtension();

    @TempDir
    static Path directory;

    private static final Path ARM = Path.of("../../shared/data/lerobot/so101_pick_place_tape");
    private static final String SIDE = "#training .job-side";

    private static ObjectServer objects;
    private static S3BlobStore blobs;
    private static QueuedTraining training;
    private static JobWorker worker;

    @BeforeAll
    static void start() {
        assumeTrue(Files.isDirectory(ARM), "../shared/data/lerobot is not here");
        objects = ObjectServer.start();
        blobs = S3BlobStore.connect(
                S3Options.of(objects.endpoint(), S3Credentials.keys(objects.accessKey(), objects.secretKey())));
        blobs.buckets().apply(StorageLayout.defaults());
        new DatasetStore(blobs).upload(new DatasetRef("tape", "1"), ARM);
        training = QueuedTraining.on(
                pages.fleet(), new StoredTraining(blobs, pages.fleet().models(), Optional.empty(), Clock.systemUTC()));
        worker = training.start(TrainingWorkerOptions.of(directory, new LinearTrainer()));
    }

    @AfterAll
    static void stop() {
        if (objects != null) {
            worker.close();
            blobs.close();
            objects.close();
        }
    }

    @Test
    void aRunIsListedAndItsLossIsPlottedEpochByEpoch() {
        submit("short", 6);
        OpenPage page = pages.open();
        page.goToTraining("/short");
        page.awaitText(SIDE, "Succeeded");
        soon().until(() -> page.all(SIDE + " .plots figure").size() == 3);
        soon().until(() -> String.valueOf(page.find(SIDE + " .plots canvas").getDomAttribute("aria-label"))
                .matches("loss: [0-9.]+ in epoch 6"));
        assertThat(page.text(SIDE))
                .contains("finetune with linear", "tape@1", "after epoch 5, 6", "keptOutLoss", "model-short:1");
        assertThat(page.find(SIDE + " a[href='#/models/model-short/1']").isDisplayed())
                .isTrue();
        page.awaitText("tr[data-run=short]", "Succeeded");
    }

    @Test
    void aRunIsFollowedLiveAndCancelled() {
        submit("long", 10_000);
        OpenPage page = pages.open();
        page.goToTraining("/long");
        soon().until(() -> page.text(SIDE).matches("(?s).*epoch [0-9]+ of 10000.*"));
        String before = page.text(SIDE + " [role=status]");
        soon().until(() -> !page.text(SIDE + " [role=status]").equals(before));
        page.press(SIDE, "Cancel");
        page.awaitText(SIDE, "Cancelled");
        soon().until(() -> page.button(SIDE, "Resume").isDisplayed());
    }

    @Test
    void aViewerSeesRunsAndCannotStopThem() {
        submit("seen", 2);
        OpenPage page = pages.open(PageExtension.VIEWER);
        page.goToTraining("/seen");
        page.awaitText(SIDE, "Succeeded");
        assertThat(page.all(SIDE + " button"))
                .noneMatch(button -> button.isDisplayed() && button.getText().matches("Cancel|Resume"));
    }

    private static void submit(String id, int epochs) {
        training.submit(
                TrainingRequest.finetune("linear", "tape@1", "model-" + id)
                        .parameters(JsonObject.of("epochs", epochs))
                        .build(),
                JobOptions.builder().id(id).build());
    }
}
