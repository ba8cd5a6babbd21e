package io.fleetsdk.storage.failover;

import io.fleetsdk.UnavailableException;
import io.fleetsdk.storage.BlobRef;
import io.fleetsdk.storage.failover.Debt.Behind;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is owed, as lines of a file: {@code + BEHIND bucket key} when it is owed and {@code - bucket key} when it is settled. Each is on
 * the disk before its method returns. A last line that a crash cut short says nothing: its method never returned.
 */
final class DebtJournal implements AutoCloseable {
    private final Map<BlobRef, Debt> debts;
    private final FileChannel file;

    private DebtJournal(Map<BlobRef, Debt> debts, FileChannel file) {
        this.debts = debts;
        this.file = file;
    }

    /** Reads what is owed and writes it anew, without what was settled. */
    static DebtJournal open(Path path) {
        try {
            Map<BlobRef, Debt> debts = Files.exists(path) ? read(path) : new LinkedHashMap<>();
            rewrite(path, debts);
            return new DebtJournal(debts, FileChannel.open(path, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new UnavailableException("the journal " + path + " cannot be opened: " + e, e);
        }
    }

    synchronized List<Debt> debts() {
        return List.copyOf(debts.values());
    }

    synchronized Optional<Debt> of(BlobRef ref) {
        return Optional.ofNullable(debts.get(ref.newest()));
    }

    synchronized void owe(BlobRef ref, Behind behind) {
        Debt debt = new Debt(ref.newest(), behind);
        append(line(debt));
        debts.put(debt.ref(), debt);
    }

    synchronized void settle(BlobRef ref) {
        append("- " + place(ref) + "\n");
        debts.remove(ref.newest());
    }

    @Override
    public synchronized void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UnavailableException("the journal could not be closed: " + e, e);
        }
    }

    private void append(String line) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
            file.force(false);
        } catch (IOException e) {
            throw new UnavailableException("the journal cannot be written, so nothing is: " + e, e);
        }
    }

    private static void rewrite(Path path, Map<BlobRef, Debt> debts) throws IOException {
        Path fresh = path.resolveSibling(path.getFileName() + ".new");
        String lines = debts.values().stream().map(DebtJournal::line).collect(Collectors.joining());
        try (FileChannel channel = FileChannel.open(
                fresh, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            channel.write(ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8)));
            channel.force(true);
        }
        Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Map<BlobRef, Debt> read(Path path) throws IOException {
        Map<BlobRef, Debt> debts = new LinkedHashMap<>();
        String text = Files.readString(path);
        text.substring(0, text.lastIndexOf('\n') + 1).lines().forEach(line -> apply(line.split(" ", -1), debts));
        return debts;
    }

    private static void apply(String[] words, Map<BlobRef, Debt> debts) {
        if (words[0].equals("+")) {
            BlobRef ref = ref(words[2], words[3]);
            debts.put(ref, new Debt(ref, Behind.valueOf(words[1])));
        } else {
            debts.remove(ref(words[1], words[2]));
        }
    }

    private static String line(Debt debt) {
        return "+ " + debt.behind() + " " + place(debt.ref()) + "\n";
    }

    private static String place(BlobRef ref) {
        return ref.bucket() + " " + URLEncoder.encode(ref.key(), StandardCharsets.UTF_8);
    }

    private static BlobRef ref(String bucket, String key) {
        return BlobRef.of(bucket, URLDecoder.decode(key, StandardCharsets.UTF_8));
    }
}
