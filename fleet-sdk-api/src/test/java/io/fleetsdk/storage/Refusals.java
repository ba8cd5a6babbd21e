package io.fleetsdk.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.fleetsdk.InvalidInputException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** How a value says no. */
final class Refusals {
    private Refusals() {}

    static void assertThatRefused(String field, ThrowingCallable construction) {
        InvalidInputException refusal = catchThrowableOfType(InvalidInputException.class, construction);
        assertThat(refusal).as(field + " should have been refused").isNotNull();
        assertThat(refusal.faults()).singleElement().satisfies(fault -> {
            assertThat(fault.field()).isEqualTo(field);
            assertThat(fault.rule()).startsWith("must ");
        });
    }
}
