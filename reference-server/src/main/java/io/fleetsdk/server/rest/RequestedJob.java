package io.fleetsdk.server.rest;

import io.fleetsdk.job.JobFlow;
import io.fleetsdk.job.JobFlow.OnFailure;
import io.fleetsdk.job.JobOptions;
import io.fleetsdk.job.JobRequest;
import io.fleetsdk.job.JobType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what is to be done. Faults go to the body; what is empty here has left one there. */
final class RequestedJob {
    private RequestedJob() {}

    /** The member {@code type}; this server knows no type's Java classes. */
    static Optional<JobType<Object, Object>> type(RequestBody body) {
        return body.needed("type").flatMap(name -> body.made(() -> JobType.untyped(name)));
    }

    /** The member {@code input}: any JSON, an empty object where it is left out. */
    static Object input(RequestBody body) {
        return body.any("input").orElse(Map.of());
    }

    static JobRequest<Object> request(RequestBody body) {
        return new JobRequest<>(input(body), RequestedOptions.in(body));
    }

    static Optional<JobFlow<Object, Object>> flow(RequestBody body) {
        Optional<JobType<Object, Object>> type = type(body);
        Object input = input(body);
        JobOptions options = RequestedOptions.in(body);
        List<JobFlow.Child<?, ?>> children = body.parts("children").orElse(List.of()).stream()
                .<JobFlow.Child<?, ?>>flatMap(child -> child(child).stream())
                .toList();
        return type.flatMap(known -> body.made(() -> new JobFlow<>(known, input, options, children)));
    }

    private static Optional<JobFlow.Child<Object, Object>> child(RequestBody body) {
        Optional<String> queue = body.needed("queue");
        OnFailure onFailure = body.word("onFailure", OnFailure.class).orElse(OnFailure.FAIL_PARENT);
        Optional<JobFlow<Object, Object>> flow =
                body.present("flow", body.part("flow")).flatMap(RequestedJob::flow);
        return queue.flatMap(name -> flow.flatMap(job -> body.made(() -> new JobFlow.Child<>(name, job, onFailure))));
    }
}
