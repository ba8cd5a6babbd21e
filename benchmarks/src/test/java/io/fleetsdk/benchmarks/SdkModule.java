package io.fleetsdk.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.Arrays;
import java.util.List;

/** The modules in the order of the build, with what each may use. A module that is not there yet has no classes. */
enum SdkModule {
    API("io.fleetsdk"),
    TESTING("io.fleetsdk.testing", API),
    NATS("io.fleetsdk.nats", API),
    STORAGE("io.fleetsdk.storage.*", API, NATS),
    EDGE("io.fleetsdk.edge", API, NATS),
    AGENT("io.fleetsdk.agent", API, NATS, EDGE),
    SERVER("io.fleetsdk.server", API, NATS, STORAGE, TESTING),
    TCK("io.fleetsdk.tck", API, NATS, TESTING),
    BENCHMARKS("io.fleetsdk.benchmarks", API, NATS, STORAGE, EDGE, TESTING);

    /** What embedders put on their classpath; the others are programs. */
    static final List<SdkModule> LIBRARIES = List.of(API, TESTING, NATS, STORAGE, EDGE, TCK);

    private final String rootPackage;
    private final List<SdkModule> uses;

    SdkModule(String rootPackage, SdkModule... uses) {
        this.rootPackage = rootPackage;
        this.uses = List.of(uses);
    }

    /** Its classes. What no other module claims is the API's. */
    DescribedPredicate<JavaClass> classes() {
        return this == API
                ? resideInAPackage("io.fleetsdk..").and(DescribedPredicate.not(resideInAnyPackage(claimed())))
                : resideInAPackage(rootPackage + "..");
    }

    LayeredArchitecture usesOnlyItsOwn(LayeredArchitecture modules) {
        return uses.isEmpty()
                ? modules.whereLayer(name()).mayNotAccessAnyLayer()
                : modules.whereLayer(name())
                        .mayOnlyAccessLayers(uses.stream().map(SdkModule::name).toArray(String[]::new));
    }

    /** The packages that put a program together. */
    static String[] wiringOfPrograms() {
        return new String[] {SERVER.rootPackage, AGENT.rootPackage};
    }

    static DescribedPredicate<JavaClass> libraries() {
        return LIBRARIES.stream()
                .map(SdkModule::classes)
                .reduce((one, other) -> one.or(other))
                .orElseThrow()
                .as("a library of the SDK");
    }

    private static String[] claimed() {
        return Arrays.stream(values())
                .filter(module -> module != API)
                .map(module -> module.rootPackage + "..")
                .toArray(String[]::new);
    }
}
