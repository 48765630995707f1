package org.lsat;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;

/** What holds the structure; see the sentence in each name. */
@AnalyzeClasses(packages = "org.lsat", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

    @ArchTest
    static final ArchRule coreNeedsOnlyTheJdk = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "javax.crypto..", "org.jspecify..", "org.lsat..");

    @ArchTest
    static final ArchRule packagesAreFreeOfCycles =
            slices().matching("org.lsat.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nobodyReadsTheClockBehindOurBack = noClasses()
            .that()
            .resideOutsideOfPackage("org.lsat.command")
            .should()
            .callMethod(Instant.class, "now")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(InstantSource.class, "system")
            .orShould()
            .callMethod(Clock.class, "systemUTC");

    @ArchTest
    static final ArchRule noMutableStatics =
            noFields().that().areStatic().should().notBeFinal().allowEmptyShould(true);

    @ArchTest
    static final ArchRule theProtocolKnowsNothingOfTheRest = noClasses()
            .that()
            .resideInAPackage("org.lsat.protocol")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.lsat", "org.lsat.rules", "org.lsat.ledger", "org.lsat.config");

    @ArchTest
    static final ArchRule nobodyKeepsAThreadLocal =
            noClasses().should().dependOnClassesThat().areAssignableTo(ThreadLocal.class);
}
