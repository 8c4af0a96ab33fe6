package dev.insitu.calcite;

import dev.insitu.calcite.PlanCatalog.CallPlan;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.model.ColumnSpec;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the predictions of a session's statements are to read. The latest plans are kept; one is
 * used again if the database and its models answer all that was asked for it as before, so that the
 * same statement always has the plan that a new planning would give. Confined to one thread.
 */
public final class Optimizer {
  private static final int KEPT = 128;

  private final Map<Key, Entry> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Optimizer.Entry> eldest) {
          return size() > KEPT;
        }
      };

  private volatile boolean enabled = true;

  /** Makes an optimizer without plans. */
  public Optimizer() {}

  /** Sets whether it finds anything. */
  public void setEnabled(boolean on) {
    enabled = on;
  }

  /**
   * Returns whether a query asks its one prediction for averages and counts alone, so that rows
   * need not be handed to the database.
   */
  public boolean averages(SqlTemplate query) {
    return enabled && AverageForm.matches(query);
  }

  /**
   * Returns what each PREDICT of a statement reads. A call that is not among them reads all.
   *
   * @param isQuery whether the statement returns rows
   * @throws SQLException the database's own error, if it refuses an input query
   */
  public Map<TableCall, NarrowedInput> inputs(
      SqlTemplate template, boolean isQuery, PlanCatalog catalog) throws SQLException {
    boolean predicts =
        template.tableCalls().stream().anyMatch(call -> call.function() == TableFunction.PREDICT);
    if (!predicts || !enabled) {
      return Map.of();
    }
    Key key = new Key(template, isQuery, catalog.currentSchema());
    Entry known = plans.get(key);
    if (known != null && known.answers.stillHold(catalog)) {
      return known.inputs;
    }
    Answers answers = new Answers(catalog);
    Map<TableCall, NarrowedInput> inputs =
        StatementPlanner.plan(template, isQuery, false, answers, new NamedCalls(answers)).inputs();
    plans.put(key, new Entry(inputs, answers.forget()));
    return inputs;
  }

  private record Key(SqlTemplate template, boolean isQuery, String schema) {}

  private record Entry(Map<TableCall, NarrowedInput> inputs, Answers answers) {}

  /** Asks a catalogue, and remembers what it said. */
  private static final class Answers implements PlanCatalog {
    private interface Question {
      @Nullable Object ask(PlanCatalog catalog) throws SQLException;
    }

    private record Answer(Question question, @Nullable Object value) {}

    private final List<Answer> given = new ArrayList<>();
    private @Nullable PlanCatalog asked;

    Answers(PlanCatalog catalog) {
      this.asked = catalog;
    }

    /** Lets go of the catalogue, which belongs to one statement. */
    Answers forget() {
      asked = null;
      return this;
    }

    boolean stillHold(PlanCatalog catalog) throws SQLException {
      for (Answer answer : given) {
        if (!Objects.equals(answer.value, answer.question.ask(catalog))) {
          return false;
        }
      }
      return true;
    }

    private PlanCatalog catalog() {
      return Objects.requireNonNull(asked, "a plan that is kept asks nothing");
    }

    private <T> T kept(Question question, T value) {
      given.add(new Answer(question, value));
      return value;
    }

    @Override
    public Optional<List<ColumnSpec>> columns(String schema, String table) throws SQLException {
      return kept(c -> c.columns(schema, table), catalog().columns(schema, table));
    }

    @Override
    public boolean schemaExists(String schema) {
      return kept(c -> c.schemaExists(schema), catalog().schemaExists(schema));
    }

    @Override
    public String currentSchema() {
      return catalog().currentSchema(); // part of the key
    }

    @Override
    public String fold(String identifier) {
      return catalog().fold(identifier); // never changes in a database
    }

    @Override
    public boolean isUserRoutine(String name) {
      return kept(c -> c.isUserRoutine(name), catalog().isUserRoutine(name));
    }

    @Override
    public boolean accepts(TableCall call, Narrowing narrowing) {
      return catalog().accepts(call, narrowing); // as long as the call's columns are the same
    }

    @Override
    public CallPlan describe(PredictionCall call) throws SQLException {
      return kept(c -> c.describe(call), catalog().describe(call));
    }
  }
}
