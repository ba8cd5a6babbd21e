package io.fleetsdk.model;

import io.fleetsdk.InvalidInputException;
import io.fleetsdk.internal.Require;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One dimension of a tensor: a size, a name such as {@code batch} for one that is chosen at run time, or neither.
 *
 * @param size 0 or more
 */
public record TensorDimension(OptionalLong size, Optional<String> name) {
    private static final TensorDimension ANY = new TensorDimension(OptionalLong.empty(), Optional.empty());

    public TensorDimension {
        size = size == null ? OptionalLong.empty() : size;
        name = Require.orEmpty(name);
        name.ifPresent(text -> Require.label("name", text));
        if (size.isPresent() && (size.getAsLong() < 0 || name.isPresent())) {
            throw new InvalidInputException("size", size.getAsLong(), "must be at least 0, and without a name");
        }
    }

    public static TensorDimension of(long size) {
        return new TensorDimension(OptionalLong.of(size), Optional.empty());
    }

    public static TensorDimension named(String name) {
        return new TensorDimension(OptionalLong.empty(), Optional.of(name));
    }

    /** Of any size. */
    public static TensorDimension any() {
        return ANY;
    }

    /** The size, the name, or {@code ?}. */
    @Override
    public String toString() {
        return size.isPresent() ? Long.toString(size.getAsLong()) : name.orElse("?");
    }
}
