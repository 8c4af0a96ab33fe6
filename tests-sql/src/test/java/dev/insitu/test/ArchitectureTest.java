package dev.insitu.test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The arrows between the rooms, and which room may hold which library (the list of style 5.2). */
class ArchitectureTest {
  private static final String[] MODEL_STORE = {
    "dev.insitu.error..", "dev.insitu.model..", "dev.insitu.store.."
  };
  private static final String[] SCORING_RUNTIME = {"dev.insitu.score..", "dev.insitu.onnx.."};
  private static final String[] SQL_FUNCTIONS = {
    "dev.insitu.function..",
    "dev.insitu.train..",
    "dev.insitu.evaluate..",
    "dev.insitu.h2..",
    "dev.insitu.imported..",
    "dev.insitu.operation..",
    "dev.insitu.catalogue..",
    "dev.insitu.plain..",
    "dev.insitu.remote.."
  };
  private static final String[] CALCITE_ADAPTER = {
    "dev.insitu.calcite..", "dev.insitu.jdbc..", "dev.insitu.shell.."
  };

  private static JavaClasses product = new ClassFileImporter().importPaths(List.of());

  @BeforeAll
  static void readClasses() {
    ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
    product =
        new ClassFileImporter()
            .importPaths(
                Path.of("model-store/target/classes"),
                Path.of("scoring-runtime/target/classes"),
                Path.of("sql-functions/target/classes"),
                Path.of("calcite-adapter/target/classes"));
  }

  @Test
  void arrowsPointToTheRightOnly() {
    none(MODEL_STORE, SCORING_RUNTIME);
    none(MODEL_STORE, SQL_FUNCTIONS);
    none(MODEL_STORE, CALCITE_ADAPTER);
    none(SCORING_RUNTIME, SQL_FUNCTIONS);
    none(SCORING_RUNTIME, CALCITE_ADAPTER);
    none(SQL_FUNCTIONS, CALCITE_ADAPTER);
  }

  @Test
  void everyLibraryHasItsRoom() {
    only("org.jdbi..", "dev.insitu.store..");
    only("com.google.protobuf..", "dev.insitu.onnx..");
    only("ai.onnx.proto..", "dev.insitu.onnx..");
    only("ai.onnxruntime..", "dev.insitu.score.onnx..");
    only("ai.djl..", "dev.insitu.score.text..");
    only("org.tribuo..", "dev.insitu.train.tribuo..");
    only("org.h2..", "dev.insitu.h2..", "dev.insitu.plain..");
    only("org.apache.calcite..", "dev.insitu.calcite..");
    only("org.jline..", "dev.insitu.shell..");
  }

  /** What H2 calls by name has its types in its parameters, and knows no other of its classes. */
  @Test
  void functionsOfPlainH2KnowItsValuesOnly() {
    noClasses()
        .that()
        .resideInAPackage("dev.insitu.plain..")
        .should()
        .dependOnClassesThat(
            DescribedPredicate.describe(
                "classes of H2",
                type ->
                    type.getBaseComponentType().getPackageName().startsWith("org.h2")
                        && !type.getBaseComponentType().getName().equals("org.h2.value.Value")
                        && !type.getName().equals("org.h2.api.Trigger")))
        .check(product);
  }

  @Test
  void vocabularyIsPure() {
    noClasses()
        .that()
        .resideInAPackage("dev.insitu.model..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "java.io..", "dev.insitu.store..")
        .check(product);
  }

  @Test
  void noPackageIsPartOfACycle() {
    slices()
        .matching("dev.insitu.(**)")
        .should()
        .beFreeOfCycles()
        .ignoreDependency(generated(), DescribedPredicate.alwaysTrue())
        .ignoreDependency(DescribedPredicate.alwaysTrue(), generated())
        .check(product);
  }

  @Test
  void namesSayTheThing() {
    classes()
        .that(DescribedPredicate.not(generated()))
        .should()
        .haveNameNotMatching(".*(Util|Utils|Helper|Manager|Impl|Base|Processor)")
        .check(product);
  }

  @Test
  void publicClassesAreClosed() {
    classes()
        .that()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and(DescribedPredicate.not(generated()))
        .and()
        .areTopLevelClasses()
        .and()
        .resideOutsideOfPackage("dev.insitu.calcite.rel") // operators extend as Calcite's do
        .should(ClosedClass.beFinalOrSealed())
        .check(product);
  }

  private static DescribedPredicate<JavaClass> generated() {
    return DescribedPredicate.describe(
        "generated", type -> type.getPackageName().startsWith("dev.insitu.calcite.parser"));
  }

  private static void none(String[] from, String[] to) {
    noClasses()
        .that()
        .resideInAnyPackage(from)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(to)
        .check(product);
  }

  private static void only(String library, String... rooms) {
    noClasses()
        .that()
        .resideOutsideOfPackages(rooms)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(product);
  }

  static boolean closed(JavaClass type) {
    return type.getModifiers().contains(JavaModifier.FINAL) || type.isEnum() || type.isRecord();
  }
}
