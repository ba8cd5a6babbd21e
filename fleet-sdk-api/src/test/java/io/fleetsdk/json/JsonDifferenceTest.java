package io.fleetsdk.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonDifferenceTest {
    @Test
    void anObjectThatOnlyOneSideHasIsToldLeafByLeaf() {
        JsonObject nested = JsonObject.of(Map.of("speed", Map.of("max", 2, "min", Map.of("cold", 1))));
        assertThat(pointers(nested, JsonObject.empty())).containsExactlyInAnyOrder("/speed/max", "/speed/min/cold");
        assertThat(pointers(JsonObject.empty(), nested)).containsExactlyInAnyOrder("/speed/max", "/speed/min/cold");
    }

    @Test
    void anObjectInPlaceOfAnotherValueAndAnEmptyOneAreToldWhole() {
        JsonObject object = JsonObject.of("a", Map.of("b", 1));
        assertThat(pointers(object, JsonObject.of("a", 7))).containsExactly("/a");
        assertThat(pointers(object, JsonObject.of("a", List.of()))).containsExactly("/a");
        assertThat(pointers(JsonObject.of("a", Map.of()), JsonObject.empty())).containsExactly("/a");
    }

    @Test
    void equalDocumentsDoNotDiffer() {
        assertThat(pointers(JsonObject.of("a", Map.of("b", 1)), JsonObject.of("a", Map.of("b", 1.0))))
                .isEmpty();
    }

    private static List<String> pointers(JsonObject left, JsonObject right) {
        return left.differences(right).stream().map(JsonDifference::pointer).toList();
    }
}
