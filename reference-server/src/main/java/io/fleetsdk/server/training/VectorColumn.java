package io.fleetsdk.server.training;

import io.fleetsdk.InvalidInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** A column with a list of floating-point numbers in each row, always as many. */
final class VectorColumn {
    private static final Set<PrimitiveTypeName> NUMBERS = Set.of(PrimitiveTypeName.FLOAT, PrimitiveTypeName.DOUBLE);

    private final String name;
    private final int width;
    private final List<double[]> vectors = new ArrayList<>();

    VectorColumn(String name, int width) {
        this.name = name;
        this.width = width;
    }

    List<double[]> vectors() {
        return vectors;
    }

    /**
     * @throws InvalidInputException if the file has no such column
     */
    Type typeIn(String file, MessageType schema) {
        if (!schema.containsField(name) || !isListOfNumbers(schema.getType(name))) {
            throw new InvalidInputException(file, name, "must be a column of lists of floating-point numbers");
        }
        return schema.getType(name);
    }

    void add(String file, Group row) {
        if (row.getFieldRepetitionCount(name) != 1 || row.getGroup(name, 0).getFieldRepetitionCount(0) != width) {
            throw new InvalidInputException(file, name, "must have " + width + " numbers in each row");
        }
        Group list = row.getGroup(name, 0);
        double[] vector = new double[width];
        for (int i = 0; i < width; i++) {
            vector[i] = number(file, list.getGroup(0, i));
        }
        vectors.add(vector);
    }

    private double number(String file, Group element) {
        double number = element.getFieldRepetitionCount(0) == 0 ? Double.NaN : read(element);
        if (!Double.isFinite(number)) {
            throw new InvalidInputException(file, name, "must have finite numbers only");
        }
        return number;
    }

    private static double read(Group element) {
        boolean single =
                element.getType().getType(0).asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.FLOAT;
        return single ? element.getFloat(0, 0) : element.getDouble(0, 0);
    }

    /** A group with one repeated group with one number: the one form that writers of today give a list. */
    private static boolean isListOfNumbers(Type type) {
        if (type.isPrimitive() || type.asGroupType().getFieldCount() != 1) {
            return false;
        }
        Type repeated = type.asGroupType().getType(0);
        return repeated.isRepetition(Type.Repetition.REPEATED)
                && !repeated.isPrimitive()
                && repeated.asGroupType().getFieldCount() == 1
                && isNumber(repeated.asGroupType().getType(0));
    }

    private static boolean isNumber(Type type) {
        return type.isPrimitive() && NUMBERS.contains(type.asPrimitiveType().getPrimitiveTypeName());
    }
}
