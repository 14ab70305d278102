package dev.echosounder;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchitectureTest {

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.echosounder");

  @ParameterizedTest
  @CsvSource({
    "http,probe",
    "http,protocol",
    "http,dial",
    "http,metrics",
    "probe,http",
    "probe,metrics",
    "protocol,http",
    "protocol,metrics",
    "protocol,probe",
    "dial,http",
    "dial,metrics",
    "dial,probe",
    "dial,protocol",
    "metrics,http",
    "metrics,probe",
    "metrics,protocol",
    "metrics,dial",
    "metrics,tracing",
    "protocol,tracing",
    "dial,tracing"
  })
  void verticles_meet_on_the_bus_only(String one, String other) {
    noClasses()
        .that()
        .resideInAPackage("dev.echosounder." + one)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.echosounder." + other)
        .check(CLASSES);
  }

  @Test
  void the_configuration_knows_none_of_the_others() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "dev.echosounder.config", "dev.echosounder.reader", "dev.echosounder.schema")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.echosounder",
            "dev.echosounder.bus",
            "dev.echosounder.connection",
            "dev.echosounder.http",
            "dev.echosounder.log",
            "dev.echosounder.dial",
            "dev.echosounder.discovery",
            "dev.echosounder.metrics",
            "dev.echosounder.probe",
            "dev.echosounder.protocol",
            "dev.echosounder.tracing")
        .check(CLASSES);
  }

  @Test
  void discovery_knows_none_but_the_bus_the_configuration_and_the_settings() {
    noClasses()
        .that()
        .resideInAPackage("dev.echosounder.discovery")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.echosounder",
            "dev.echosounder.connection",
            "dev.echosounder.http",
            "dev.echosounder.log",
            "dev.echosounder.dial",
            "dev.echosounder.metrics",
            "dev.echosounder.probe",
            "dev.echosounder.protocol",
            "dev.echosounder.tracing")
        .check(CLASSES);
  }

  @Test
  void access_knows_the_settings_alone() {
    noClasses()
        .that()
        .resideInAPackage("dev.echosounder.access")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.echosounder..")
                .and(resideOutsideOfPackages("dev.echosounder.access", "dev.echosounder.settings")))
        .check(CLASSES);
  }

  @Test
  void connections_know_none_but_who_may_ask_and_the_settings() {
    noClasses()
        .that()
        .resideInAPackage("dev.echosounder.connection")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.echosounder..")
                .and(
                    resideOutsideOfPackages(
                        "dev.echosounder.connection",
                        "dev.echosounder.access",
                        "dev.echosounder.settings")))
        .check(CLASSES);
  }

  @Test
  void only_http_and_the_composition_root_know_connections() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.echosounder", "dev.echosounder.connection", "dev.echosounder.http")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.echosounder.connection")
        .check(CLASSES);
  }

  @Test
  void the_settings_know_no_other_package() {
    noClasses()
        .that()
        .resideInAPackage("dev.echosounder.settings")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.echosounder..")
                .and(resideOutsideOfPackage("dev.echosounder.settings")))
        .check(CLASSES);
  }

  @Test
  void a_configuration_is_found_then_read_by_a_schema() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("config")
        .definedBy("dev.echosounder.config")
        .layer("reader")
        .definedBy("dev.echosounder.reader")
        .layer("schema")
        .definedBy("dev.echosounder.schema")
        .whereLayer("config")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("reader")
        .mayOnlyBeAccessedByLayers("config")
        .check(CLASSES);
  }

  @Test
  void only_the_composition_root_is_above_the_packages() {
    noClasses()
        .that()
        .resideInAPackage("dev.echosounder.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.echosounder")
        .check(CLASSES);
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching("dev.echosounder.(*)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void packages_are_one_level_deep_and_named_by_what_they_are_about() {
    classes()
        .should()
        .resideInAnyPackage(
            "dev.echosounder",
            "dev.echosounder.access",
            "dev.echosounder.bus",
            "dev.echosounder.config",
            "dev.echosounder.connection",
            "dev.echosounder.dial",
            "dev.echosounder.discovery",
            "dev.echosounder.http",
            "dev.echosounder.log",
            "dev.echosounder.metrics",
            "dev.echosounder.probe",
            "dev.echosounder.protocol",
            "dev.echosounder.reader",
            "dev.echosounder.schema",
            "dev.echosounder.settings",
            "dev.echosounder.tracing")
        .check(CLASSES);
  }

  @Test
  void only_tracing_knows_opentelemetry_and_it_knows_none_but_the_bus_and_the_settings() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.echosounder.tracing")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.opentelemetry..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.echosounder.tracing")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.echosounder..")
                .and(
                    resideOutsideOfPackages(
                        "dev.echosounder.tracing",
                        "dev.echosounder.bus",
                        "dev.echosounder.settings")))
        .check(CLASSES);
  }

  @Test
  void nothing_static_changes() {
    noFields().that().areStatic().should().notBeFinal().check(CLASSES);
  }
}
