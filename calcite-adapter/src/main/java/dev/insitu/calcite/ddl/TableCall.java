package dev.insitu.calcite.ddl;

import static java.util.Objects.requireNonNull;

import dev.insitu.function.OptionValue;
import dev.insitu.model.ModelText;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table function in FROM: {@code PREDICT(MODEL => 'm', DATA => TABLE t, threshold => 0.3)}.
 *
 * @param function which one
 * @param model the model
 * @param data the query whose rows go in, complete with the WITH list that it needs ({@code TABLE
 *     t} comes as {@code SELECT * FROM t}), with the predictions inside of it as its own holes;
 *     null if the call has none
 * @param targets the names of {@code TARGET => DESCRIPTOR(churned)}, as written, with their quotes
 * @param options all other arguments by name in lower case: named arguments, the fields of a
 *     STRUCT, the entries of {@code OPTIONS => MAP[…]}
 * @param range where the call stands, {@code TABLE( … )} around it included; an alias after it is
 *     not
 */
public record TableCall(
    TableFunction function,
    ModelText model,
    @Nullable SqlTemplate data,
    List<String> targets,
    Map<String, OptionValue> options,
    TextRange range)
    implements PredictionCall {
  /** Copies the collections, which keep their order. */
  public TableCall {
    targets = List.copyOf(targets);
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Written out: linking what a record has of its own takes the first prediction too long. */
  @Override
  public int hashCode() {
    return 31 * function.hashCode() + range.start();
  }

  /** Returns the data of a call that must have some, as PREDICT and TRAIN do. */
  public SqlTemplate query() {
    return requireNonNull(data, "data");
  }

  @Override
  public String functionName() {
    return function.text();
  }
}
