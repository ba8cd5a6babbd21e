package io.fleetsdk.agent.replay;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Recordings written down in a test. */
final class Texts {
    private Texts() {}

    static Recording recording(String... lines) {
        return Recording.read("test.csv", text(String.join("\n", lines)));
    }

    static TextSource text(String content) {
        return () -> new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
    }

    static List<Pose> poses(Recording recording) {
        List<Pose> poses = new ArrayList<>();
        try (PoseReader reader = recording.open()) {
            for (Optional<Pose> pose = reader.next(); pose.isPresent(); pose = reader.next()) {
                poses.add(pose.get());
            }
        }
        return poses;
    }
}
