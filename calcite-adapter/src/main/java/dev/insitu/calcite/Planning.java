package dev.insitu.calcite;

import dev.insitu.calcite.PlanCatalog.CallPlan;
import dev.insitu.calcite.condition.ConditionMarker;
import dev.insitu.calcite.ddl.SqlText;
import dev.insitu.calcite.parser.InsituParser;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelRoot;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.MetadataHandlerProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.apache.calcite.tools.RelBuilder;

/**
 * Has Calcite read and check a statement whose calls have names. Loaded when a statement is worth
 * planning.
 */
final class Planning {
  private static final System.Logger LOG = System.getLogger(Planning.class.getName());

  /** Calls what Calcite's own provider would generate code for; most of it is never called. */
  private static final MetadataHandlerProvider METADATA =
      new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE);

  /**
   * Reading is lenient, checking is not: what GROUP BY and HAVING mean where a column and an alias
   * are of one name is the database's business.
   */
  private static CalciteConnectionConfig checking() {
    Properties properties = new Properties();
    properties.setProperty(
        CalciteConnectionProperty.CONFORMANCE.camelName(), SqlConformanceEnum.DEFAULT.name());
    properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "true");
    return new CalciteConnectionConfigImpl(properties);
  }

  private Planning() {}

  /** Returns a cluster for trees that Calcite has not read. */
  static RelOptCluster cluster() {
    RelOptCluster cluster =
        RelOptCluster.create(
            new HepPlanner(HepProgram.builder().build()),
            new RexBuilder(new JavaTypeFactoryImpl()));
    cluster.setMetadataQuerySupplier(() -> new RelMetadataQuery(METADATA));
    return cluster;
  }

  /**
   * Returns the plan of a query, before any rule, or empty if Calcite does not understand it, which
   * is no error: the database's dialect is wider. Conditions that may move are marked.
   */
  static Optional<RelNode> plan(
      SqlText sql,
      PlanCatalog catalog,
      Map<String, PredictTable> tables,
      Map<String, CallPlan> scalars) {
    String current = catalog.currentSchema();
    CalciteSchema root =
        CalciteSchema.createRootSchema(
            false, false, "", DatabaseSchema.root(catalog, current, tables));
    if (!catalog.schemaExists(current)) {
      return Optional.empty();
    }
    try {
      SqlNode parsed =
          SqlParser.create(
                  sql.sql(),
                  SqlParser.config()
                      .withParserFactory(InsituParser.FACTORY)
                      .withUnquotedCasing(casing(catalog))
                      .withQuotedCasing(Casing.UNCHANGED)
                      .withConformance(SqlConformanceEnum.BABEL))
              .parseStmt();
      ConditionMarker.mark(parsed, sql.sql(), sql.parameters());
      return Optional.of(converted(parsed, root, current, scalars));
    } catch (Exception | AssertionError | StackOverflowError e) {
      LOG.log(System.Logger.Level.DEBUG, "Calcite does not read this statement", e);
      return Optional.empty();
    }
  }

  /** Checks a query and makes a plan of it, as Calcite's own planner does before its first rule. */
  private static RelNode converted(
      SqlNode parsed, CalciteSchema root, String current, Map<String, CallPlan> scalars) {
    RelOptCluster cluster = cluster();
    CalciteCatalogReader reader =
        new CalciteCatalogReader(root, List.of(current), cluster.getTypeFactory(), checking());
    SqlValidator validator =
        SqlValidatorUtil.newValidator(
            SqlOperatorTables.chain(operators(scalars), reader),
            reader,
            cluster.getTypeFactory(),
            SqlValidator.Config.DEFAULT
                .withConformance(SqlConformanceEnum.DEFAULT)
                .withIdentifierExpansion(true));
    SqlNode checked = validator.validate(parsed);
    SqlToRelConverter converter =
        new SqlToRelConverter(
            (type, text, schemaPath, viewPath) -> {
              throw new AssertionError("the database's views are tables here");
            },
            validator,
            reader,
            cluster,
            StandardConvertletTable.INSTANCE,
            SqlToRelConverter.config()
                .withExpand(false)
                .withRemoveSortInSubQuery(false)
                .withTrimUnusedFields(false));
    RelRoot plan = converter.convertQuery(checked, false, true);
    RelNode flat = converter.flattenTypes(plan.rel, true);
    RelBuilder builder = RelFactories.LOGICAL_BUILDER.create(cluster, null);
    return plan.withRel(RelDecorrelator.decorrelateQuery(flat, builder)).project();
  }

  private static Casing casing(PlanCatalog catalog) {
    if (catalog.fold("a").equals("A")) {
      return Casing.TO_UPPER;
    }
    return catalog.fold("A").equals("a") ? Casing.TO_LOWER : Casing.UNCHANGED;
  }

  private static SqlOperatorTable operators(Map<String, CallPlan> scalars) {
    List<SqlOperator> functions = new ArrayList<>();
    scalars.forEach(
        (name, plan) ->
            functions.add(
                new SqlFunction(
                    name,
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.explicit(types -> RowTypes.type(types, plan.addedColumns().get(0))),
                    null,
                    OperandTypes.VARIADIC,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION)));
    return SqlOperatorTables.chain(
        SqlOperatorTables.of(functions),
        SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(
            EnumSet.of(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL, SqlLibrary.MYSQL)));
  }
}
