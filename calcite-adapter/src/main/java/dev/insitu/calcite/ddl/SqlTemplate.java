package dev.insitu.calcite.ddl;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A piece of a statement, verbatim, with holes where its predictions stand.
 *
 * @param pieces in order
 */
public record SqlTemplate(List<Piece> pieces) {
  /** A part of a template. */
  public sealed interface Piece permits Verbatim, Parameter, Label, PredictionCall {}

  /** Text as the user wrote it, without parameters. */
  public record Verbatim(String sql) implements Piece {}

  /** A {@code ?}: the parameter of the original statement with this ordinal, from 0. */
  public record Parameter(int ordinal) implements Piece {}

  /**
   * The end of a select item that holds a scalar prediction and has no name.
   *
   * @param written the item as the user wrote it
   * @param sql the item as the database would write it
   * @param function the function if the item is nothing but its call, else empty
   */
  public record Label(String written, String sql, String function) implements Piece {}

  /** Copies the list. */
  public SqlTemplate {
    pieces = List.copyOf(pieces);
  }

  /** Returns the template of a text without parameters and predictions. */
  public static SqlTemplate of(String sql) {
    return new SqlTemplate(List.of(new Verbatim(sql)));
  }

  /** Returns the predictions that stand in this piece itself, not inside of one another. */
  public List<PredictionCall> calls() {
    return pieces.stream()
        .filter(PredictionCall.class::isInstance)
        .map(PredictionCall.class::cast)
        .toList();
  }

  /** Returns the table functions that stand in this piece itself. */
  public List<TableCall> tableCalls() {
    return calls().stream().filter(TableCall.class::isInstance).map(TableCall.class::cast).toList();
  }

  /** Returns the scalar functions that stand in this piece itself. */
  public List<ScalarCall> scalarCalls() {
    return calls().stream()
        .filter(ScalarCall.class::isInstance)
        .map(ScalarCall.class::cast)
        .toList();
  }

  /** Returns whether nothing in it is a prediction. */
  public boolean isPlain() {
    return pieces.stream().noneMatch(PredictionCall.class::isInstance);
  }

  /**
   * Returns the text without names for select items.
   *
   * @param replacement what stands in the place of each prediction of {@link #calls()}; called once
   *     per call, in order. A text for a scalar call is made by rendering its arguments first.
   */
  public SqlText render(Function<? super PredictionCall, SqlText> replacement) {
    return render(replacement, label -> "");
  }

  /**
   * Returns the text that the database runs.
   *
   * @param replacement as for {@link #render(Function)}
   * @param name the name of a select item, empty if the database shall name it
   */
  public SqlText render(
      Function<? super PredictionCall, SqlText> replacement, Function<Label, String> name) {
    StringBuilder sql = new StringBuilder();
    List<Integer> parameters = new ArrayList<>();
    for (Piece piece : pieces) {
      if (piece instanceof Verbatim verbatim) {
        sql.append(verbatim.sql());
      } else if (piece instanceof Parameter parameter) {
        sql.append('?');
        parameters.add(parameter.ordinal());
      } else if (piece instanceof Label label) {
        String alias = name.apply(label);
        if (!alias.isEmpty()) {
          sql.append(" AS \"").append(alias.replace("\"", "\"\"")).append('"');
        }
      } else if (piece instanceof PredictionCall call) {
        SqlText text = replacement.apply(call);
        sql.append(text.sql());
        parameters.addAll(text.parameters());
      }
    }
    return new SqlText(sql.toString(), parameters);
  }

  /** Returns this piece after another one. */
  public SqlTemplate after(SqlTemplate before) {
    List<Piece> all = new ArrayList<>(before.pieces);
    all.addAll(pieces);
    return new SqlTemplate(all);
  }
}
