package io.fleetsdk.internal;

import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Members that are already as {@link io.fleetsdk.json.JsonObject} keeps them, so that it takes them over without a copy: numbers in
 * their one form, unchangeable all the way down, not too deep. Whoever makes one warrants that; a codec can, because it built the
 * tree itself while reading.
 */
public final class NormalMembers extends AbstractMap<String, @Nullable Object> {
    private final Map<String, @Nullable Object> members;

    /**
     * @param members nobody else's, and never changed again
     */
    public NormalMembers(LinkedHashMap<String, @Nullable Object> members) {
        this.members = Collections.unmodifiableMap(members);
    }

    public Map<String, @Nullable Object> members() {
        return members;
    }

    @Override
    public Set<Entry<String, @Nullable Object>> entrySet() {
        return members.entrySet();
    }
}
