package dev.hexmart.bootstrap.architecture;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.lang.ArchRule;

/** What holds between all packages of the project, whatever layer they are in. */
final class PackageRules {

    static final ArchRule HAVE_NO_CYCLES = slices().matching(Code.ROOT_PACKAGE + ".(**)")
            .should()
            .beFreeOfCycles()
            .because("packages in a cycle can only be read, tested and changed together");

    private PackageRules() {}
}
