package io.fleetsdk.nats.internal.job;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.job.DeadLetter;
import io.fleetsdk.job.JobAttempt;
import io.fleetsdk.job.JobError;
import io.fleetsdk.job.JobId;
import io.fleetsdk.job.JobRef;
import io.fleetsdk.protocol.JobSubjects;
import io.nats.client.Message;
import io.nats.client.impl.Headers;
import io.nats.client.impl.NatsMessage;
import io.nats.client.support.NatsJetStreamConstants;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter as a message. Headers that the broker acts upon, such as a message id, are put aside under another name, so that they are
 * kept without taking effect again.
 */
final class DeadLetterForm {
    static final String ERROR = "Fleet-Dead-Error";
    static final String ATTEMPTS = "Fleet-Dead-Attempts";
    /** Where the job was ready. */
    static final String SUBJECT = "Fleet-Dead-Subject";

    /** What the message had, of which only a part is kept. */
    static final String CUT = "Fleet-Dead-Cut";

    private static final String OURS = "Fleet-Dead-";
    private static final String BROKERS = "Nats-";
    private static final String ASIDE = "Fleet-Dead-Original-";
    private static final int LARGEST_HEADERS = 65_535;
    /** Lengths of the attempts' error messages to be tried where the headers are too long. */
    private static final List<Integer> SHORTENED = List.of(2_000, 200, 20);

    private static final int SHORTEST = 20;
    private static final int LONGEST_TOKEN = 64;

    private final JobBroker broker;

    DeadLetterForm(JobBroker broker) {
        this.broker = broker;
    }

    /** What stands in the stream. */
    record Stored(DeadLetter letter, String readySubject, Headers headers, long sequence) {}

    NatsMessage write(Message original, JobError reason, List<JobAttempt> attempts) {
        byte[] body = body(original.getData());
        long room = Math.min(LARGEST_HEADERS, broker.connection().getMaxPayload() - body.length);
        return SHORTENED.stream()
                .map(length -> attempts.stream()
                        .map(attempt -> shortened(attempt, length))
                        .toList())
                .map(shortened -> headers(original, reason, shortened))
                .filter(headers -> headers.serializedLength() <= room)
                .findFirst()
                .map(headers -> message(original, headers, body))
                .orElseGet(() -> smallest(original, reason, body, room));
    }

    /** Where even that is too much, the attempts stay in the job's record only. */
    private NatsMessage smallest(Message original, JobError reason, byte[] body, long room) {
        Headers headers = headers(original, shortened(reason, SHORTEST), List.of());
        return headers.serializedLength() <= room ? message(original, headers, body) : cut(original, reason, body);
    }

    /**
     * A stranger's message may be so large that there is no room beside it for the reason. Then it is kept as far as it fits, with its
     * type and none of its other headers.
     */
    private NatsMessage cut(Message original, JobError reason, byte[] body) {
        Headers headers = reasons(original, shortened(reason, SHORTEST), List.of());
        headers.put(JobMessages.SUBMITTED, Long.toString(storedAt(original).toEpochMilli()));
        headers.put(CUT, body.length + " bytes and " + count(original.getHeaders()) + " headers");
        originalType(original).ifPresent(type -> headers.put(JobMessages.TYPE, type));
        int room = (int) Math.max(0, broker.connection().getMaxPayload() - headers.serializedLength());
        return message(original, headers, Arrays.copyOf(body, Math.min(room, body.length)));
    }

    private static Optional<String> originalType(Message original) {
        return Optional.ofNullable(original.getHeaders())
                .map(headers -> headers.getFirst(JobMessages.TYPE))
                .filter(type -> type.length() <= LONGEST_TOKEN)
                .map(DeadLetterForm::printable);
    }

    private static int count(@Nullable Headers headers) {
        return headers == null ? 0 : headers.size();
    }

    private static NatsMessage message(Message original, Headers headers, byte[] body) {
        return NatsMessage.builder()
                .subject(subject(original.getSubject()))
                .headers(headers)
                .data(body)
                .build();
    }

    private Headers headers(Message original, JobError reason, List<JobAttempt> attempts) {
        Headers headers = new Headers();
        Optional.ofNullable(original.getHeaders())
                .ifPresent(all -> all.forEach((name, values) -> headers.add(
                        aside(name),
                        values.stream().map(DeadLetterForm::printable).toList())));
        if (headers.getFirst(JobMessages.SUBMITTED) == null) {
            headers.put(JobMessages.SUBMITTED, Long.toString(storedAt(original).toEpochMilli()));
        }
        reasons(original, reason, attempts).forEach(headers::put);
        return headers;
    }

    private Headers reasons(Message original, JobError reason, List<JobAttempt> attempts) {
        return new Headers()
                .put(ERROR, JobMessages.ascii(broker.codec().encode(reason)))
                .put(ATTEMPTS, JobMessages.ascii(broker.codec().encode(attempts)))
                .put(SUBJECT, original.getSubject())
                .put(NatsJetStreamConstants.MSG_ID_HDR, messageId(original, attempts));
    }

    /** The same for the same death; another one after a retry, which counts its attempts on. */
    private static String messageId(Message original, List<JobAttempt> attempts) {
        int made = attempts.stream().mapToInt(JobAttempt::number).max().orElse(0);
        String before = Optional.ofNullable(original.getHeaders())
                .map(headers -> headers.getFirst(JobMessages.ATTEMPTS))
                .orElse("0");
        return subject(original.getSubject()) + "." + before + "." + made;
    }

    private Instant storedAt(Message original) {
        return original.isJetStream()
                ? original.metaData().timestamp().toInstant()
                : broker.clock().instant();
    }

    private static String aside(String header) {
        return header.startsWith(BROKERS) || header.startsWith(OURS) ? ASIDE + header : header;
    }

    private static String printable(String value) {
        return JobMessages.ascii(value.getBytes(StandardCharsets.UTF_8));
    }

    private static JobAttempt shortened(JobAttempt attempt, int length) {
        return new JobAttempt(
                attempt.number(),
                attempt.worker(),
                attempt.startedAt(),
                attempt.endedAt(),
                attempt.error().map(error -> shortened(error, length)));
    }

    private static JobError shortened(JobError error, int length) {
        return error.message().length() <= length
                ? error
                : new JobError(error.name(), error.message().substring(0, length - 1) + "…");
    }

    /** Of a ready job's subject. */
    private static String subject(String ready) {
        return JobSubjects.deadLetter(new JobRef(JobSubjects.queueOf(ready), id(JobSubjects.last(ready))));
    }

    /** Anybody may publish into a lane, with a last token that is no id: then the letter gets one of its own, always the same. */
    private static JobId id(String token) {
        try {
            return JobId.of(token);
        } catch (InvalidInputException e) {
            return JobId.of(UUID.nameUUIDFromBytes(token.getBytes(StandardCharsets.UTF_8))
                    .toString());
        }
    }

    Stored read(String subject, @Nullable Headers found, byte @Nullable [] data, Instant storedAt, long sequence) {
        Headers headers = found == null ? new Headers() : found;
        JobRef ref = new JobRef(JobSubjects.queueOf(subject), id(JobSubjects.last(subject)));
        DeadLetter letter = new DeadLetter(
                ref,
                first(headers, JobMessages.TYPE).orElse(""),
                storedAt,
                first(headers, ERROR).map(json -> decoded(json, JobError.class)).orElseGet(DeadLetterForm::unknown),
                first(headers, ATTEMPTS)
                        .map(json -> Arrays.asList(decoded(json, JobAttempt[].class)))
                        .orElse(List.of()),
                originals(headers),
                body(data));
        return new Stored(letter, readySubject(headers, ref), headers, sequence);
    }

    /** Where a retry puts it: the lane it came from, under the id that the letter has. */
    private static String readySubject(Headers headers, JobRef ref) {
        String came = first(headers, SUBJECT).orElseGet(() -> JobSubjects.deadLetter(ref));
        return came.substring(0, came.lastIndexOf('.') + 1) + ref.id();
    }

    private static Map<String, List<String>> originals(Headers headers) {
        Map<String, List<String>> originals = new TreeMap<>();
        headers.forEach((name, values) -> {
            if (name.startsWith(ASIDE)) {
                originals.put(name.substring(ASIDE.length()), List.copyOf(values));
            } else if (!name.startsWith(OURS) && !name.startsWith(BROKERS)) {
                originals.put(name, List.copyOf(values));
            }
        });
        return originals;
    }

    private <T> T decoded(String json, Class<T> type) {
        return broker.codec().decode(json.getBytes(StandardCharsets.UTF_8), type);
    }

    private static Optional<String> first(Headers headers, String name) {
        return Optional.ofNullable(headers.getFirst(name));
    }

    private static JobError unknown() {
        return new JobError("unknown", "the dead letter does not say");
    }

    private static byte[] body(byte @Nullable [] data) {
        return data == null ? new byte[0] : data;
    }
}
