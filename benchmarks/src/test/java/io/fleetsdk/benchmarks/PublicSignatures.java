package io.fleetsdk.benchmarks;

import static com.tngtech.archunit.core.domain.JavaModifier.PROTECTED;
import static com.tngtech.archunit.core.domain.JavaModifier.PUBLIC;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.domain.ThrowsDeclaration;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Everything a user of a public type has to name: what it extends, and its public and protected members, type arguments included. */
final class PublicSignatures extends ArchCondition<JavaClass> {
    private final Predicate<JavaClass> allowed;

    PublicSignatures(String description, Predicate<JavaClass> allowed) {
        super(description);
        this.allowed = allowed;
    }

    @Override
    public void check(JavaClass type, ConditionEvents events) {
        if (!isReachable(type)) {
            return;
        }
        Stream<JavaType> parents = Stream.concat(type.getInterfaces().stream(), type.getSuperclass().stream());
        report(type.getFullName(), involved(Stream.concat(parents, type.getTypeParameters().stream())), type, events);
        type.getMembers().stream()
                .filter(PublicSignatures::isVisible)
                .forEach(member -> report(member.getFullName(), named(member), type, events));
    }

    private void report(String where, Stream<JavaClass> named, JavaClass type, ConditionEvents events) {
        named.map(JavaClass::getBaseComponentType)
                .filter(allowed.negate())
                .distinct()
                .map(foreign -> where + " names " + foreign.getName())
                .forEach(message -> events.add(SimpleConditionEvent.violated(type, message)));
    }

    private static Stream<JavaClass> named(JavaMember member) {
        Stream<JavaClass> typed = member.getAllInvolvedRawTypes().stream();
        if (!(member instanceof JavaCodeUnit code)) {
            return typed;
        }
        Stream<JavaClass> thrown = code.getThrowsClause().stream().map(ThrowsDeclaration::getRawType);
        return Stream.of(typed, thrown, involved(code.getTypeParameters().stream()))
                .flatMap(Function.identity());
    }

    private static Stream<JavaClass> involved(Stream<? extends JavaType> types) {
        return types.flatMap(type -> type.getAllInvolvedRawTypes().stream());
    }

    private static boolean isReachable(JavaClass type) {
        Optional<JavaClass> outer = type.getEnclosingClass();
        boolean visible =
                type.getModifiers().contains(PUBLIC) || type.getModifiers().contains(PROTECTED);
        return visible && outer.map(PublicSignatures::isReachable).orElse(true);
    }

    private static boolean isVisible(JavaMember member) {
        return member.getModifiers().contains(PUBLIC) || member.getModifiers().contains(PROTECTED);
    }
}
