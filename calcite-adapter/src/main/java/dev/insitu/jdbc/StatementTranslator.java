package dev.insitu.jdbc;

import dev.insitu.calcite.Explainer;
import dev.insitu.calcite.PlainForm;
import dev.insitu.calcite.SyntaxErrors;
import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.PredictionCall;
import dev.insitu.calcite.ddl.SqlTemplate;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.ddl.TableFunction;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelReference;
import dev.insitu.operation.CreateRequest;
import dev.insitu.operation.FunctionTable;
import dev.insitu.operation.ImportRequest;
import dev.insitu.operation.Models;
import dev.insitu.operation.ResultTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Makes of a statement of ours what can be run: a text for the database, or a command. */
final class StatementTranslator {
  private final ModelSession session;
  private final String script;
  private final Models models;
  private final MlStatement statement;
  private final CallBinder binder;

  private StatementTranslator(ModelSession session, String script, MlStatement statement) {
    this.session = session;
    this.script = script;
    this.models = session.models();
    this.statement = statement;
    this.binder = new CallBinder(session, script);
  }

  /**
   * Translates a statement; nothing is run, no row is read.
   *
   * @param script the caller's whole text
   * @throws SQLException the database's own, if it refuses an input query
   * @throws MlException OUTLIVES_SESSION, and whatever is wrong with the statement
   */
  static Translation translate(ModelSession session, String script, MlStatement statement)
      throws SQLException {
    StatementTranslator translator = new StatementTranslator(session, script, statement);
    boolean done = false;
    try {
      Translation translation = translator.translate();
      done = true;
      return translation;
    } finally {
      if (!done) {
        translator.binder.abandon();
      }
    }
  }

  private Translation translate() throws SQLException {
    if (statement instanceof MlStatement.Predicting predicting) {
      return predicting(predicting);
    } else if (statement instanceof MlStatement.Plain plain) {
      return Translation.of(plain.text(), false, false, binder.parts(), binder.models());
    } else if (statement instanceof MlStatement.CreateModel create) {
      return create(create);
    } else if (statement instanceof MlStatement.ImportModel bring) {
      return bring(bring);
    } else if (statement instanceof MlStatement.DropModel drop) {
      ModelReference model = drop.model().resolve(session.database()::fold);
      return command(
          (p, progress) -> models.drop(model, drop.version(), drop.ifExists(), drop.cascade()));
    } else if (statement instanceof MlStatement.AlterModel alter) {
      ModelReference model = alter.model().resolve(session.database()::fold);
      ModelChange change = alter.change().resolve(session.database()::fold);
      return command((p, progress) -> models.alter(model, change, alter.ifExists()));
    } else if (statement instanceof MlStatement.ShowModels show) {
      return rows("SHOW_MODELS", () -> models.show(show.like()));
    } else if (statement instanceof MlStatement.DescribeModel describe) {
      ModelReference model = binder.resolve(describe.model());
      return rows("DESCRIBE_MODEL", () -> models.describe(model));
    } else if (statement instanceof MlStatement.ShowCreateModel show) {
      ModelReference model = binder.resolve(show.model());
      return rows("SHOW_CREATE_MODEL", () -> models.showCreate(model));
    } else if (statement instanceof MlStatement.ExportModel export) {
      ModelReference model = export.model().resolve(session.database()::fold);
      return command((p, progress) -> models.export(model, Path.of(export.file())));
    } else if (statement instanceof MlStatement.Install) {
      return install();
    }
    return explain((MlStatement.Explain) statement);
  }

  /** The database runs the script that brings its functions; then it has INSTALL itself. */
  private Translation install() throws SQLException {
    ColumnSpec column = new ColumnSpec("INSTALLED", ColumnType.VARCHAR, "CHARACTER VARYING", true);
    FunctionTable table =
        new FunctionTable(
            List.of(column),
            (parameters, progress) ->
                new ResultTable(List.of(column), List.of(List.of(session.install()))));
    return text(binder.add("INSTALL", table, List.of()).enclosed("SELECT * FROM ", ""), false);
  }

  /** One row with the plan, as the database's own EXPLAIN gives it. */
  private Translation explain(MlStatement.Explain explain) throws SQLException {
    if (session.isRemote() && explain.statement() instanceof MlStatement.Predicting predicting) {
      PlainForm plain = PlainForm.of(predicting);
      if (plain.obstacle() != null) { // what runs is the database's own statement, and so its plan
        requireInstalled(plain.call(), plain.obstacle());
        SqlText text =
            new InstalledCalls(session, binder, InstalledCalls.Purpose.RUN)
                .text(predicting.template());
        return installed(text.enclosed("EXPLAIN ", ""));
      }
    }
    List<String> lines = Explainer.explain(explain, binder.catalog(), executed(explain));
    String plan = String.join("\n", lines);
    ColumnSpec column = new ColumnSpec("PLAN", ColumnType.VARCHAR, "CHARACTER VARYING", true);
    return rows("EXPLAIN", () -> new ResultTable(List.of(column), List.of(List.of(plan))));
  }

  /** Returns what only the database knows of how a statement with one PREDICT is executed. */
  private List<String> executed(MlStatement.Explain explain) throws SQLException {
    if (explain.beforeRules()
        || session.isRemote()
        || !(explain.statement() instanceof MlStatement.Predicting predicting)
        || predicting.kind() == MlStatement.Kind.KEEPS_QUERY
        || predicting.kind() == MlStatement.Kind.KEEPS_VALUES) {
      return List.of();
    }
    List<String> facts = new ArrayList<>();
    boolean isQuery = predicting.kind() == MlStatement.Kind.QUERY;
    try {
      SqlText text = binder.bind(predicting.template(), isQuery);
      if (binder.parts().size() == 1 && binder.parts().get(0) instanceof TablePart part) {
        if (part.table().takesTableRows()) {
          facts.add("Rows: as the table keeps them");
        }
        if (isQuery && !binder.averaged(predicting.template(), text).equals(text)) {
          facts.add("Averages and counts: taken while scoring, no row is handed over");
        }
      }
      return facts;
    } finally {
      binder.abandon();
    }
  }

  /** Returns what a statement is, for messages: {@code CREATE MODEL}, {@code ML.EVALUATE}. */
  static String name(MlStatement statement) {
    if (statement instanceof MlStatement.Predicting predicting) {
      return predicting.template().calls().stream()
          .map(PredictionCall::functionName)
          .findFirst()
          .orElse(predicting.verb());
    } else if (statement instanceof MlStatement.Explain explain) {
      return name(explain.statement());
    } else if (statement instanceof MlStatement.Plain) {
      return "a statement of Insitu";
    }
    if (statement instanceof MlStatement.ImportModel) {
      return "CREATE MODEL";
    }
    // The records are called as their statements: CreateModel, ShowModels.
    return statement
        .getClass()
        .getSimpleName()
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toUpperCase(Locale.ROOT);
  }

  private Translation predicting(MlStatement.Predicting predicting) throws SQLException {
    boolean keepsValues = predicting.kind() == MlStatement.Kind.KEEPS_VALUES;
    if (keepsValues || predicting.kind() == MlStatement.Kind.KEEPS_QUERY) {
      return kept(predicting, keepsValues);
    } else if (session.isRemote()) {
      return elsewhere(predicting);
    }
    boolean isQuery = predicting.kind() == MlStatement.Kind.QUERY;
    SqlText text = binder.bind(predicting.template(), isQuery);
    if (predicting.template().tableCalls().stream()
        .anyMatch(call -> call.function() == TableFunction.TRAIN)) {
      session.database().prepare(text.sql()); // what the database refuses must not have trained
    }
    return text(isQuery ? binder.averaged(predicting.template(), text) : text, isQuery);
  }

  /** A text that stays in the database calls the functions that are installed there. */
  private Translation kept(MlStatement.Predicting predicting, boolean values) throws SQLException {
    session.requireKeepable(predicting.verb(), values);
    InstalledCalls.Purpose purpose =
        values ? InstalledCalls.Purpose.KEEP_VALUES : InstalledCalls.Purpose.KEEP;
    SqlText text = new InstalledCalls(session, binder, purpose).text(predicting.template());
    return installed(SqlText.of(text.sql())); // parameters of PREPARE get values from EXECUTE
  }

  /**
   * Over a remote session the plain form runs away from the database; everything else calls the
   * functions that are installed in it.
   */
  private Translation elsewhere(MlStatement.Predicting predicting) throws SQLException {
    PlainForm plain = PlainForm.of(predicting);
    if (plain.obstacle() != null) {
      return installed(predicting, plain.call(), plain.obstacle());
    }
    SqlText text = binder.bind(plain.query(), true);
    Optional<String> obstacle = session.database().obstacle(text.sql());
    if (obstacle.isPresent()) {
      binder.abandon();
      return installed(predicting, plain.call(), obstacle.get());
    }
    return text(text, true);
  }

  private Translation installed(
      MlStatement.Predicting predicting, PredictionCall call, String obstacle) throws SQLException {
    requireInstalled(call, obstacle);
    return installed(
        new InstalledCalls(session, binder, InstalledCalls.Purpose.RUN)
            .text(predicting.template()));
  }

  private Translation installed(SqlText text) {
    return Translation.of(text, false, false, binder.parts(), binder.models());
  }

  private void requireInstalled(PredictionCall call, String obstacle) {
    if (!session.isInstalled()) {
      throw refused(call, obstacle);
    }
  }

  private MlException refused(PredictionCall call, String place) {
    return session.refused(
        call.functionName() + " " + place + " (" + SyntaxErrors.place(script, call.range()) + ")");
  }

  private Translation create(MlStatement.CreateModel create) throws SQLException {
    SqlText query = input(create.query());
    CreateRequest.Existing existing = existing(create.orReplace(), create.ifNotExists());
    ModelReference model = create.model().resolve(session.database()::fold);
    String written = binder.written(create.query());
    return command(
        (parameters, progress) ->
            models.create(
                new CreateRequest(
                    "CREATE MODEL",
                    model,
                    existing,
                    create.options(),
                    query.sql(),
                    written,
                    TablePart.select(parameters, query.parameters())),
                progress));
  }

  private Translation bring(MlStatement.ImportModel bring) throws SQLException {
    SqlTemplate template = bring.query();
    ModelReference model = bring.model().resolve(session.database()::fold);
    CreateRequest.Existing existing = existing(bring.orReplace(), bring.ifNotExists());
    String file = bring.file();
    if (template == null) {
      ImportRequest.Source source = new ImportRequest.File(Path.of(String.valueOf(file)));
      return command(
          (parameters, progress) ->
              models.bring(
                  new ImportRequest("CREATE MODEL", model, existing, bring.options(), source),
                  progress));
    }
    SqlText query = input(template);
    String written = binder.written(template);
    return command(
        (parameters, progress) ->
            models.bring(
                new ImportRequest(
                    "CREATE MODEL",
                    model,
                    existing,
                    bring.options(),
                    new ImportRequest.Query(
                        query.sql(), written, TablePart.select(parameters, query.parameters()))),
                progress));
  }

  /** Returns the query of CREATE MODEL for the database. */
  private SqlText input(SqlTemplate query) throws SQLException {
    if (!session.isRemote() || query.isPlain()) {
      return binder.bind(query, true);
    }
    requireInstalled(query.calls().get(0), "in the query of CREATE MODEL");
    return new InstalledCalls(session, binder, InstalledCalls.Purpose.RUN).text(query);
  }

  private static CreateRequest.Existing existing(boolean orReplace, boolean ifNotExists) {
    return orReplace
        ? CreateRequest.Existing.ADD_VERSION
        : ifNotExists ? CreateRequest.Existing.KEEP : CreateRequest.Existing.REFUSE;
  }

  /** A small result, asked for again at each execution. */
  private Translation rows(String name, Supplier<ResultTable> report) throws SQLException {
    FunctionTable table =
        new FunctionTable(report.get().columns(), (parameters, progress) -> report.get());
    return text(binder.add(name, table, List.of()).enclosed("SELECT * FROM ", ""), false);
  }

  private Translation text(SqlText text, boolean streamable) {
    return Translation.of(text, streamable, session.isRemote(), binder.parts(), binder.models());
  }

  private Translation command(Translation.Command command) {
    return Translation.of(command, binder.parts(), List.copyOf(binder.models()));
  }
}
