package io.fleetsdk.internal;

import io.fleetsdk.InvalidInputException;
import java.math.BigDecimal;
import java.math.BigInteger;

/** The one form of each number: {@code Long} where it is exact, else {@code Double}, else {@code BigInteger}. */
public final class JsonNumbers {
    /** The first whole number above what a long holds. */
    private static final double LONG_END = 0x1p63;

    private JsonNumbers() {}

    /**
     * @throws InvalidInputException if it is beyond the range of a double, or of a class that JSON does not have
     */
    public static Number normal(Number number) {
        if (number instanceof Long) {
            return number;
        }
        if (number instanceof Double floating) {
            return normalDouble(floating);
        }
        if (number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        if (number instanceof Float) {
            return normalDouble(number.doubleValue());
        }
        if (number instanceof BigInteger integer) {
            return normalInteger(integer);
        }
        if (number instanceof BigDecimal decimal) {
            Double nearest = finite(decimal, decimal.doubleValue());
            return isWhole(decimal) ? normalInteger(decimal.toBigInteger()) : normalDouble(nearest);
        }
        throw new InvalidInputException("json", number.getClass().getName(), "is not a JSON type");
    }

    private static Number normalDouble(Double boxed) {
        double number = finite(boxed, boxed);
        boolean isLong = number == Math.rint(number) && number >= -LONG_END && number < LONG_END;
        return isLong ? (Number) (long) number : boxed;
    }

    private static Number normalInteger(BigInteger integer) {
        if (integer.bitLength() < Long.SIZE) {
            return integer.longValue();
        }
        Double nearest = finite(integer, integer.doubleValue());
        return new BigDecimal(nearest).toBigInteger().equals(integer) ? nearest : integer;
    }

    private static boolean isWhole(BigDecimal decimal) {
        return decimal.signum() == 0 || decimal.stripTrailingZeros().scale() <= 0;
    }

    private static double finite(Number number, double nearest) {
        if (!Double.isFinite(nearest)) {
            throw new InvalidInputException("json", number, "must be a finite number within the range of a double");
        }
        return nearest;
    }
}
