package dev.insitu.calcite.ddl;

import static java.util.Objects.requireNonNull;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.function.OptionValue;
import dev.insitu.model.ModelText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Collects the arguments of a table function while the parser reads them. Confined to one thread.
 */
public final class ArgumentList {
  private final CallSource source;
  private final TableFunction function;
  private final OptionList options = new OptionList();
  private final List<String> targets = new ArrayList<>();
  private @Nullable ModelText model;
  private boolean data;

  /** Begins an empty list. */
  public ArgumentList(CallSource source) {
    this.source = source;
    this.function = requireNonNull(source.function(), "function");
  }

  /** Sets the model. */
  public void model(ModelText value) {
    if (model != null) {
      throw twice("MODEL");
    }
    model = value;
  }

  /** Notes that the input query, or a parameter, stands here. */
  public void data(String name) {
    if (!name.equalsIgnoreCase("DATA")) {
      throw MlException.of(
          ErrorCode.ARGUMENT, function.text(), "argument " + name + " must be a literal");
    }
    if (source.query() == null) {
      throw MlException.of(
              ErrorCode.ARGUMENT,
              function.text(),
              "the data must be a table or a query, but ? was given")
          .withHint("Write DATA => TABLE t or DATA => (SELECT …).");
    }
    if (data) {
      throw twice("DATA");
    }
    if (!function.takesData()) {
      throw MlException.of(ErrorCode.ARGUMENT, function.text(), "it takes no data");
    }
    data = true;
  }

  /** Adds the columns of {@code TARGET => DESCRIPTOR(…)}. */
  public void targets(String name, List<String> columns) {
    if (!name.equalsIgnoreCase("TARGET")) {
      throw MlException.of(
          ErrorCode.ARGUMENT, function.text(), "argument " + name + " cannot be a DESCRIPTOR");
    }
    if (!targets.isEmpty()) {
      throw twice("TARGET");
    }
    targets.addAll(columns);
  }

  /** Adds a named argument; {@code OPTIONS} brings the entries of its MAP or STRUCT. */
  public void option(String name, OptionValue value) {
    if (name.equalsIgnoreCase("TARGET") && value instanceof OptionValue.Text text) {
      targets(name, List.of(text.value()));
    } else if (name.equalsIgnoreCase("OPTIONS")) {
      fields("OPTIONS", value);
    } else {
      options.put(name, value);
    }
  }

  /** Adds the fields of a STRUCT or MAP. */
  public void fields(String where, OptionValue value) {
    if (!(value instanceof OptionValue.Struct struct)) {
      throw MlException.of(
          ErrorCode.ARGUMENT,
          function.text(),
          where + " must be MAP['name', value, …] or STRUCT(value AS name, …)");
    }
    for (OptionValue.Field field : struct.fields()) {
      if (field.name() == null) {
        throw MlException.of(
                ErrorCode.ARGUMENT, function.text(), "a field of the STRUCT has no name")
            .withHint("Write STRUCT(" + field.value().toSql() + " AS name).");
      }
      options.put(field.name(), field.value());
    }
  }

  /** Ends the list. */
  public TableCall call() {
    if (model == null) {
      throw MlException.of(ErrorCode.ARGUMENT, function.text(), "argument MODEL is missing")
          .withHint("Write " + example() + ".");
    }
    if (!data && (function == TableFunction.PREDICT || function == TableFunction.TRAIN)) {
      throw MlException.of(ErrorCode.ARGUMENT, function.text(), "argument DATA is missing")
          .withHint("Write " + example() + ".");
    }
    return new TableCall(
        function, model, data ? source.query() : null, targets, options.toMap(), source.range());
  }

  private String example() {
    String name = model == null ? "m" : model.toString();
    return switch (function) {
      case PREDICT -> "PREDICT(MODEL => '" + name + "', DATA => TABLE t)";
      case TRAIN -> "TRAIN(MODEL => '" + name + "', DATA => TABLE t, TARGET => DESCRIPTOR(label))";
      case EVALUATE, CONFUSION_MATRIX, ROC_CURVE, FEATURE_INFO, TRAINING_INFO, WEIGHTS, CENTROIDS ->
          function.text() + "(MODEL " + name + ")";
    };
  }

  private MlException twice(String argument) {
    return MlException.of(
        ErrorCode.ARGUMENT, function.text(), "argument " + argument + " is given twice");
  }
}
