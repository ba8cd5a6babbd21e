package io.fleetsdk.benchmarks;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.GeneralCodingRules.USE_JAVA_UTIL_LOGGING;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.fleetsdk.Fleet;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The main code of all modules keeps the rules of the architecture. */
class ArchitectureTest {
    private static final JavaClasses FLEET = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/jmh_generated/"))
            .importPackages("io.fleetsdk");

    @Test
    void modulesUseOnlyWhatStandsAboveThem() {
        LayeredArchitecture modules = layeredArchitecture().consideringOnlyDependenciesInLayers();
        for (SdkModule module : SdkModule.values()) {
            modules = module.usesOnlyItsOwn(modules.optionalLayer(module.name()).definedBy(module.classes()));
        }
        modules.check(FLEET);
    }

    @Test
    void theApiNeedsNothingButNullnessAndLogging() {
        classes()
                .that(SdkModule.API.classes())
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "org.slf4j..")
                        .or(SdkModule.API.classes()))
                .check(FLEET);
    }

    @Test
    void noPublicSignatureOfALibraryNamesWhatItIsBuiltWith() {
        classes()
                .that(SdkModule.libraries().and(not(resideInAPackage("..internal.."))))
                .should(new PublicSignatures(
                        "name in public signatures only the platform, JUnit and the public SDK",
                        resideInAnyPackage("java..", "io.fleetsdk..", "org.junit.jupiter.api..")
                                .and(not(resideInAPackage("..internal..")))))
                .check(FLEET);
    }

    /**
     * Package by package. The API's root holds two things: {@link Fleet}, the entrance, names the concepts; the words for
     * failures and subscriptions, which the concepts name. So the entrance counts as a package of its own.
     */
    @Test
    void packagesAreFreeOfCycles() {
        slices().assignedFrom(new Packages()).should().beFreeOfCycles().check(FLEET);
    }

    @Test
    void everyPackageSaysThatNothingIsNull() {
        classes().should(new StandInANullMarkedPackage()).check(FLEET);
    }

    @Test
    void noNameSaysNothing() {
        noClasses()
                .should()
                .haveNameMatching(".*(Impl|Utils?|Helper|Manager|Common)(\\$.*)?")
                .check(FLEET);
    }

    /** A main, or what stands beside it in the wiring of a program; never what it wires, and nothing in a library. */
    @Test
    void onlyTheWiringOfAProgramEndsTheProcess() {
        noClasses()
                .that(not(simpleNameEndingWith("Main").or(resideInAnyPackage(SdkModule.wiringOfPrograms()))))
                .should()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethodWhere(
                        targetOwner(type(Runtime.class)).and(target(name("exit").or(name("halt")))))
                .check(FLEET);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(
                        targetOwner(type(Thread.class).or(type(TimeUnit.class))).and(target(name("sleep"))))
                .check(FLEET);
    }

    @Test
    void librariesSpeakThroughTheLoggerOnly() {
        noClasses()
                .that(SdkModule.libraries().and(not(simpleNameEndingWith("Main"))))
                .should(USE_JAVA_UTIL_LOGGING)
                .orShould(ACCESS_STANDARD_STREAMS)
                .check(FLEET);
    }

    private static final class Packages implements SliceAssignment {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return SliceIdentifier.of(javaClass.isEquivalentTo(Fleet.class) ? "entrance" : javaClass.getPackageName());
        }

        @Override
        public String getDescription() {
            return "packages, io.fleetsdk.Fleet as one of its own";
        }
    }

    private static final class StandInANullMarkedPackage extends ArchCondition<JavaClass> {
        StandInANullMarkedPackage() {
            super("stand in a package that is @NullMarked");
        }

        @Override
        public void check(JavaClass javaClass, ConditionEvents events) {
            if (!javaClass.getPackage().isAnnotatedWith(NullMarked.class)) {
                events.add(SimpleConditionEvent.violated(
                        javaClass, javaClass.getName() + " stands in a package that is not @NullMarked"));
            }
        }
    }
}
