package dev.insitu.operation;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.function.Prediction;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelSignature;
import dev.insitu.model.ModelVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Binds the columns of a query, or the arguments of a call, to the inputs of a model (sql.md,
 * "Binding").
 */
final class Binding {
  private Binding() {}

  /**
   * Binds by name, ignoring case; a column of the exact name wins over one that differs in case.
   *
   * @return for each input the position of its column, {@link Prediction#ABSENT} for one that is
   *     taken as NULL
   * @throws MlException COLUMN_MISSING, COLUMN_TYPE, UNSUPPORTED_COLUMN_TYPE
   */
  static List<Integer> byName(
      ModelVersion version, List<ColumnSpec> columns, boolean imputeMissing) {
    List<Integer> bindings = new ArrayList<>();
    for (ColumnSpec input : version.model().signature().inputs()) {
      int position = find(input, columns);
      if (position < 0 && !imputeMissing) {
        throw missing(version.name(), input, columns);
      }
      if (position < 0) {
        bindings.add(Prediction.ABSENT);
        continue;
      }
      check(version.name(), input, columns.get(position).type(), columns.get(position).sqlType());
      bindings.add(position);
    }
    return bindings;
  }

  /**
   * Checks the arguments of a scalar call, which bind by position.
   *
   * @param names the name of each argument that is a bare column, else empty
   * @throws MlException ARGUMENT_COUNT, ARGUMENT_ORDER
   */
  static void byPosition(ModelVersion version, List<Optional<String>> names) {
    requireInputs(version, names.size());
    ModelSignature signature = version.model().signature();
    List<ColumnSpec> inputs = signature.inputs();
    boolean displaced = false;
    for (int i = 0; i < inputs.size(); i++) {
      Optional<Integer> home = names.get(i).flatMap(signature::indexOfInput);
      if (names.get(i).isPresent() && home.isEmpty()) {
        return; // some column of another name: the caller renames on purpose
      }
      displaced |= home.isPresent() && home.get() != i;
    }
    if (displaced) {
      String given = names.stream().map(name -> name.orElse("…")).collect(Collectors.joining(", "));
      throw MlException.of(ErrorCode.ARGUMENT_ORDER, version.name(), inOrder(version), given)
          .withHint("Put the columns into the model's order, or use PREDICT, which binds by name.");
    }
  }

  /**
   * Refuses another number of arguments than there are inputs.
   *
   * @throws MlException ARGUMENT_COUNT
   */
  static void requireInputs(ModelVersion version, int given) {
    int inputs = version.model().signature().inputs().size();
    if (given != inputs) {
      throw MlException.of(
              ErrorCode.ARGUMENT_COUNT, version.name(), inputs, inOrder(version), given)
          .withHint("DESCRIBE MODEL shows the inputs in order.");
    }
  }

  private static String inOrder(ModelVersion version) {
    return version.model().signature().inputs().stream()
        .map(ColumnSpec::name)
        .collect(Collectors.joining(", "));
  }

  /**
   * Binds names without types, ignoring case.
   *
   * @return for each input the position of its name
   * @throws MlException COLUMN_MISSING
   */
  static List<Integer> byName(ModelVersion version, List<String> names) {
    List<ColumnSpec> columns =
        names.stream().map(name -> new ColumnSpec(name, ColumnType.OTHER, "", true)).toList();
    List<Integer> bindings = new ArrayList<>();
    for (ColumnSpec input : version.model().signature().inputs()) {
      int position = find(input, columns);
      if (position < 0) {
        throw MlException.of(
                ErrorCode.COLUMN_MISSING, version.name(), input.name(), input.sqlType())
            .withHint(
                NearestName.of(input.name(), others(version, names))
                    .map(near -> "The value has \"" + near + "\": call it " + input.name() + ".")
                    .orElse("The value has " + String.join(", ", names) + "; give null for NULL."));
      }
      bindings.add(position);
    }
    return bindings;
  }

  /** Returns the names that are those of no input. */
  private static List<String> others(ModelVersion version, List<String> names) {
    List<ColumnSpec> inputs = version.model().signature().inputs();
    return names.stream()
        .filter(name -> inputs.stream().noneMatch(input -> input.name().equalsIgnoreCase(name)))
        .toList();
  }

  /** Refuses a column whose type does not widen to that of the input. */
  static void check(ModelName model, ColumnSpec input, ColumnType given, String givenSqlType) {
    if (!given.form().isScalar() && given.form() != input.type().form()) {
      throw MlException.of(ErrorCode.UNSUPPORTED_COLUMN_TYPE, input.name(), givenSqlType)
          .withHint("Model " + model + " was trained with " + input.sqlType() + ".");
    }
    if (!input.type().accepts(given)) {
      throw MlException.of(
              ErrorCode.COLUMN_TYPE, input.name(), model, input.sqlType(), givenSqlType)
          .withHint(
              "Write CAST("
                  + input.name()
                  + " AS "
                  + input.sqlType()
                  + ") AS "
                  + input.name()
                  + ".");
    }
  }

  private static int find(ColumnSpec input, List<ColumnSpec> columns) {
    int found = -1;
    for (int i = 0; i < columns.size(); i++) {
      String name = columns.get(i).name();
      if (name.equals(input.name())) {
        return i;
      }
      if (found < 0
          && name.toLowerCase(Locale.ROOT).equals(input.name().toLowerCase(Locale.ROOT))) {
        found = i;
      }
    }
    return found;
  }

  /** A name as exporters write it: {@code alcohol (%)} becomes {@code alcohol____}. */
  private static String exported(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
  }

  private static MlException missing(ModelName model, ColumnSpec input, List<ColumnSpec> columns) {
    List<String> names = columns.stream().map(ColumnSpec::name).toList();
    MlException error =
        MlException.of(ErrorCode.COLUMN_MISSING, model, input.name(), input.sqlType());
    Optional<String> renamed =
        names.stream().filter(name -> exported(name).equals(exported(input.name()))).findFirst();
    if (renamed.isPresent()) {
      return error.withHint(
          "The data have \"" + renamed.get() + "\": select it AS \"" + input.name() + "\".");
    }
    return NearestName.of(input.name(), names)
        .map(
            near ->
                error.withHint(
                    "Did you mean column \""
                        + near
                        + "\"? Then select it AS "
                        + input.name()
                        + "."))
        .orElseGet(
            () ->
                error.withHint(
                    "DESCRIBE MODEL shows the columns it needs; missing => 'impute' takes NULL instead."));
  }
}
