package io.fleetsdk.testing;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.util.regex.Pattern;

/** What a killed server leaves of uploads: files named after their object and a random number, without the mark of a whole one. */
final class UnfinishedFiles extends SimpleFileVisitor<Path> {
    private static final Pattern NAME =
            Pattern.compile(".*-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", Pattern.DOTALL);
    private static final String MARK_OF_A_WHOLE_ONE = "user.content-md5";

    private UnfinishedFiles() {}

    static void remove(Path directory) throws IOException {
        Files.walkFileTree(directory, new UnfinishedFiles());
    }

    static boolean isNamedSo(String key) {
        return NAME.matcher(key).matches();
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        if (isNamedSo(file.getFileName().toString()) && !isWhole(file)) {
            Files.delete(file);
        }
        return FileVisitResult.CONTINUE;
    }

    private static boolean isWhole(Path file) throws IOException {
        return Files.getFileAttributeView(file, UserDefinedFileAttributeView.class)
                .list()
                .contains(MARK_OF_A_WHOLE_ONE);
    }
}
