package dev.insitu.calcite.condition;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/**
 * A {@link Condition} as the planner sees it: a function of columns whose meaning is the
 * database's. Its name is its text: {@code H2[origin = 'JFK']}. Immutable.
 */
public final class ConditionFunction extends SqlFunction {
  private final Condition condition;

  ConditionFunction(Condition condition, List<String> names) {
    super(
        name(condition, names),
        SqlKind.OTHER_FUNCTION,
        ReturnTypes.BOOLEAN_NULLABLE,
        null,
        OperandTypes.VARIADIC,
        SqlFunctionCategory.USER_DEFINED_FUNCTION);
    this.condition = condition;
  }

  private static String name(Condition condition, List<String> names) {
    ConditionText text = new ConditionText(names::get);
    condition.write(text);
    return "H2[" + text.shown() + "]";
  }

  /** Returns what it stands for. */
  public Condition condition() {
    return condition;
  }

  /** The operator is known, so nothing is looked up. */
  @Override
  public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
    for (SqlNode operand : call.getOperandList()) {
      validator.deriveType(scope, operand);
    }
    return validator
        .getTypeFactory()
        .createTypeWithNullability(
            validator
                .getTypeFactory()
                .createSqlType(org.apache.calcite.sql.type.SqlTypeName.BOOLEAN),
            true);
  }
}
