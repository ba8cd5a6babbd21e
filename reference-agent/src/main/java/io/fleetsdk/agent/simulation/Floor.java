package io.fleetsdk.agent.simulation;

import io.fleetsdk.InvalidInputException;
import java.util.List;

/**
 * Where a robot may be: a rectangle from the origin, and the places robots go to on it.
 *
 * @param width m along x
 * @param depth m along y
 * @param margin m that the middle of a robot keeps from the walls when it stands
 * @param stations where work is
 * @param docks where robots charge
 */
record Floor(double width, double depth, double margin, List<Place> stations, List<Place> docks) {
    /** A small warehouse: four aisles between racks, docks along the southern wall. */
    static Floor warehouse() {
        return new Floor(
                40,
                24,
                0.6,
                List.of(
                        new Place(5, 6),
                        new Place(5, 13),
                        new Place(5, 21),
                        new Place(15, 6),
                        new Place(15, 13),
                        new Place(15, 21),
                        new Place(25, 6),
                        new Place(25, 13),
                        new Place(25, 21),
                        new Place(35, 6),
                        new Place(35, 13),
                        new Place(35, 21)),
                List.of(
                        new Place(4, 1),
                        new Place(8, 1),
                        new Place(12, 1),
                        new Place(16, 1),
                        new Place(20, 1),
                        new Place(24, 1),
                        new Place(28, 1),
                        new Place(32, 1)));
    }

    /** Whether a robot can stand there. */
    boolean canStandAt(Place place) {
        return place.x() >= margin && place.x() <= width - margin && place.y() >= margin && place.y() <= depth - margin;
    }

    /** The rule {@link #canStandAt} checks, for messages. */
    String rule() {
        return "must be on the floor: x from %s to %s, y from %s to %s"
                .formatted(margin, width - margin, margin, depth - margin);
    }

    /**
     * The place.
     *
     * @throws InvalidInputException if a robot cannot stand there
     */
    Place checked(String field, Place place) {
        if (!canStandAt(place)) {
            throw new InvalidInputException(field, place.x() + "," + place.y(), rule());
        }
        return place;
    }
}
