package dev.insitu.calcite;

import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.model.ColumnSpec;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** What a plan must know of the database and its models. Confined to the caller's thread. */
public interface PlanCatalog {
  /** Returns the columns of a table or view, named as stored, or empty if there is none. */
  Optional<List<ColumnSpec>> columns(String schema, String table) throws SQLException;

  /** Returns whether a schema of this stored name exists. */
  boolean schemaExists(String schema);

  /** Returns the caller's current schema, as stored. */
  String currentSchema();

  /** Folds an unquoted identifier as the database does. */
  String fold(String identifier);

  /** Returns whether a call of this name would find a function of the user's. */
  boolean isUserRoutine(String name);

  /**
   * Returns whether the database takes a narrowed input of a call, and gives the same columns of
   * the same types as without narrowing.
   */
  boolean accepts(TableCall call, Narrowing narrowing);

  /** Returns who runs what, as a plan names it. */
  default String route() {
    return "A (the database runs the statement and reads the predictions as tables)";
  }

  /**
   * Looks a call's model up and binds its inputs. Nothing is read and nothing is trained.
   *
   * @throws SQLException the database's own error, if it refuses the input query
   */
  CallPlan describe(PredictionCall call) throws SQLException;

  /**
   * A call as a plan shows it.
   *
   * @param model the model with schema and version: {@code PUBLIC.CHURN@3}
   * @param engine what computes it: {@code ONNX Runtime}
   * @param inputs the column or argument that feeds each input, in signature order
   * @param unused those of them that no prediction of this model depends on
   * @param inputColumns the columns of the data, as the database reports them; none without data
   * @param addedColumns the columns that come after those; of a scalar call its one value
   */
  record CallPlan(
      String model,
      String engine,
      List<String> inputs,
      List<String> unused,
      List<ColumnSpec> inputColumns,
      List<ColumnSpec> addedColumns) {
    /** Copies the lists. */
    public CallPlan {
      inputs = List.copyOf(inputs);
      unused = List.copyOf(unused);
      inputColumns = List.copyOf(inputColumns);
      addedColumns = List.copyOf(addedColumns);
    }
  }
}
