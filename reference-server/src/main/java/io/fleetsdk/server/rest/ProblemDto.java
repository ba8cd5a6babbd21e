package io.fleetsdk.server.rest;

import io.fleetsdk.Fault;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A failure as RFC 9457 puts it.
 *
 * @param type names the kind of failure
 * @param instance the path asked for
 * @param faults the broken rules of the input, for kind invalid-input
 * @param currentRevision what to build on, for a conflict of revisions
 */
record ProblemDto(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        Optional<List<Fault>> faults,
        OptionalLong currentRevision) {}
