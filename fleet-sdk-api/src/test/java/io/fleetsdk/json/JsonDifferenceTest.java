package io.fleetsdk.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

class JsonDifferenceTest {
    @Property
    void documentsWithoutDifferencesAreEqualAndTheOthersAreNot(
            @ForAll("objects") JsonObject left, @ForAll("objects") JsonObject right) {
        assertThat(left.differences(right).isEmpty())
                .isEqualTo(withoutNulls(left).equals(withoutNulls(right)));
    }

    @Property
    void aChangeIsFoundAndNothingElse(@ForAll("objects") JsonObject document) {
        JsonObject changed = document.with("new", "value");

        assertThat(document.differences(changed)).singleElement().satisfies(difference -> {
            assertThat(difference.pointer()).isEqualTo("/new");
            assertThat(difference.left()).isEmpty();
            assertThat(difference.right()).contains("value");
        });
        assertThat(document.differences(document)).isEmpty();
    }

    @Property
    void theDifferencesFromNothingAreTheDocument(@ForAll("objects") JsonObject document) {
        assertThat(assembled(leaves(document))).isEqualTo(withoutNulls(document));
    }

    @Property
    void theDifferencesTurnTheLeftIntoTheRight(
            @ForAll("objects") JsonObject left, @ForAll("objects") JsonObject right) {
        Map<String, Object> turned = leaves(left);
        left.differences(right).forEach(difference -> {
            assertThat(turned.get(difference.pointer()))
                    .isEqualTo(difference.left().orElse(null));
            difference
                    .right()
                    .ifPresentOrElse(
                            leaf -> turned.put(difference.pointer(), leaf), () -> turned.remove(difference.pointer()));
        });

        assertThat(assembled(turned)).isEqualTo(withoutNulls(right));
    }

    @Example
    void anObjectThatOnlyOneSideHasIsToldLeafByLeaf() {
        JsonObject nested = JsonObject.of("speed", Map.of("max", 2, "min", Map.of("cold", 1)));

        assertThat(pointers(nested, JsonObject.empty())).containsExactlyInAnyOrder("/speed/max", "/speed/min/cold");
        assertThat(pointers(JsonObject.empty(), nested)).containsExactlyInAnyOrder("/speed/max", "/speed/min/cold");
    }

    @Example
    void anObjectInPlaceOfAnotherValueIsToldByTheLeavesOfBoth() {
        JsonObject object = JsonObject.of("a", Map.of("b", 1));

        assertThat(pointers(object, JsonObject.of("a", 7))).containsExactly("/a/b", "/a");
        assertThat(pointers(JsonObject.of("a", Map.of()), JsonObject.empty())).containsExactly("/a");
    }

    @Provide
    Arbitrary<JsonObject> objects() {
        return ArbitraryJson.objects();
    }

    private static List<String> pointers(JsonObject left, JsonObject right) {
        return left.differences(right).stream().map(JsonDifference::pointer).toList();
    }

    private static Map<String, Object> leaves(JsonObject document) {
        Map<String, Object> leaves = new LinkedHashMap<>();
        JsonObject.empty()
                .differences(document)
                .forEach(difference ->
                        leaves.put(difference.pointer(), difference.right().orElseThrow()));
        return leaves;
    }

    private static JsonObject assembled(Map<String, Object> leaves) {
        JsonObject document = JsonObject.empty();
        for (Map.Entry<String, Object> leaf : leaves.entrySet()) {
            List<String> path = Arrays.asList(leaf.getKey().substring(1).split("/", -1));
            document = with(document, path, leaf.getValue());
        }
        return document;
    }

    private static JsonObject with(JsonObject document, List<String> path, Object leaf) {
        String name = path.get(0).replace("~1", "/").replace("~0", "~");
        return path.size() == 1
                ? document.with(name, leaf)
                : document.with(
                        name,
                        with(document.object(name).orElse(JsonObject.empty()), path.subList(1, path.size()), leaf));
    }

    private static JsonObject withoutNulls(JsonObject document) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        document.asMap().forEach((name, value) -> {
            if (value != null) {
                members.put(
                        name,
                        document.object(name)
                                .<Object>map(JsonDifferenceTest::withoutNulls)
                                .orElse(value));
            }
        });
        return JsonObject.of(members);
    }
}
