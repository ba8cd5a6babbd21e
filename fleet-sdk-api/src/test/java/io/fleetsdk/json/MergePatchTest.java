package io.fleetsdk.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** RFC 7396. */
class MergePatchTest {
    /** Appendix A of the RFC, each example as it is in a member, because documents here are objects. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{'a':'b'}           | {'a':'c'}                 | {'a':'c'}",
                "{'a':'b'}           | {'b':'c'}                 | {'a':'b','b':'c'}",
                "{'a':'b'}           | {'a':null}                | {}",
                "{'a':'b','b':'c'}   | {'a':null}                | {'b':'c'}",
                "{'a':['b']}         | {'a':'c'}                 | {'a':'c'}",
                "{'a':'c'}           | {'a':['b']}               | {'a':['b']}",
                "{'a':{'b':'c'}}     | {'a':{'b':'d','c':null}}  | {'a':{'b':'d'}}",
                "{'a':[{'b':'c'}]}   | {'a':[1]}                 | {'a':[1]}",
                "['a','b']           | ['c','d']                 | ['c','d']",
                "{'a':'b'}           | ['c']                     | ['c']",
                "{'a':'foo'}         | null                      | null",
                "{'a':'foo'}         | 'bar'                     | 'bar'",
                "{'e':null}          | {'a':1}                   | {'e':null,'a':1}",
                "[1,2]               | {'a':'b','c':null}        | {'a':'b'}",
                "{}                  | {'a':{'bb':{'ccc':null}}} | {'a':{'bb':{}}}",
            })
    void theExamplesOfTheRfcHold(String original, String patch, String result) {
        JsonObject patched = document(original).mergePatch(document(patch));

        assertThat(patched).isEqualTo(result.equals("null") ? JsonObject.empty() : document(result));
    }

    @Property
    void patchingIsWhatThePseudocodeOfTheRfcSays(
            @ForAll("objects") JsonObject target, @ForAll("objects") JsonObject patch) {
        assertThat(target.mergePatch(patch).asMap()).isEqualTo(mergePatch(target.asMap(), patch.asMap()));
    }

    @Property
    void patchingTwiceIsPatchingOnce(@ForAll("objects") JsonObject target, @ForAll("objects") JsonObject patch) {
        JsonObject once = target.mergePatch(patch);

        assertThat(once.mergePatch(patch)).isEqualTo(once);
        assertThat(target.mergePatch(JsonObject.empty())).isEqualTo(target);
    }

    @Provide
    Arbitrary<JsonObject> objects() {
        return ArbitraryJson.objects();
    }

    private static @Nullable Object mergePatch(@Nullable Object target, @Nullable Object patch) {
        if (!(patch instanceof Map<?, ?> changes)) {
            return patch;
        }
        Map<Object, @Nullable Object> result = new LinkedHashMap<>();
        if (target instanceof Map<?, ?> members) {
            result.putAll(members);
        }
        changes.forEach((name, value) -> {
            if (value == null) {
                result.remove(name);
            } else {
                result.put(name, mergePatch(result.get(name), value));
            }
        });
        return result;
    }

    private static JsonObject document(String value) {
        String text = "{'member':" + value + "}";
        return JsonObject.of(JsonMapper.shared()
                .readValue(text.replace('\'', '"'), new TypeReference<Map<String, @Nullable Object>>() {}));
    }
}
