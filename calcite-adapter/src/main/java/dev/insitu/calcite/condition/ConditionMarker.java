package dev.insitu.calcite.condition;

import dev.insitu.calcite.condition.ConditionReader.SourceText;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Puts a {@link ConditionFunction} in the place of each conjunct of WHERE and ON that is of the
 * closed class. HAVING is left alone: it can name what SELECT makes. Confined to one thread.
 */
public final class ConditionMarker extends SqlBasicVisitor<@Nullable Void> {
  private static final int ON = 5;

  private final SourceText source;
  private final List<Integer> ordinals;

  private ConditionMarker(SourceText source, List<Integer> ordinals) {
    this.source = source;
    this.ordinals = ordinals;
  }

  /**
   * Marks the conditions of a parsed query, in place.
   *
   * @param sql the text that was parsed
   * @param ordinals for each parameter of the text, the parameter of the caller's statement
   */
  public static void mark(SqlNode query, String sql, List<Integer> ordinals) {
    query.accept(new ConditionMarker(SourceText.of(sql), ordinals));
  }

  @Override
  public @Nullable Void visit(SqlCall call) {
    if (call instanceof SqlSelect select) {
      SqlNode where = select.getWhere();
      if (where != null) {
        select.setWhere(marked(where));
      }
    } else if (call instanceof SqlJoin join && join.getConditionType() == JoinConditionType.ON) {
      SqlNode condition = join.getCondition();
      if (condition != null) {
        join.setOperand(ON, marked(condition));
      }
    }
    return super.visit(call);
  }

  private SqlNode marked(SqlNode node) {
    if (node.getKind() == SqlKind.AND) {
      SqlCall and = (SqlCall) node;
      List<SqlNode> parts = and.getOperandList().stream().map(this::marked).toList();
      return new SqlBasicCall(and.getOperator(), parts, and.getParserPosition());
    }
    return ConditionReader.read(node, source, ordinals).orElse(node);
  }
}
