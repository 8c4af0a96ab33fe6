package dev.insitu.h2;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import org.h2.command.Prepared;
import org.h2.engine.DbObject;
import org.h2.engine.SessionLocal;
import org.h2.message.DbException;
import org.h2.table.Column;
import org.h2.table.Table;
import org.jspecify.annotations.Nullable;

/**
 * Checks the types of the columns that a statement gives to scalar predictions, before a row is
 * read.
 *
 * <p>H2 tells nobody which expressions a function got, but a compiled statement names what it
 * depends on in the order of its expressions: a function, then the table of each column among its
 * arguments. Columns are checked up to the first argument that is more than a column or a literal;
 * what comes after it is checked when the first value comes.
 */
final class ArgumentTypes {
  private ArgumentTypes() {}

  /**
   * Checks a statement.
   *
   * @param sql its text, with the functions of the expressions in it
   * @param scalars the session's expressions
   * @throws dev.insitu.error.MlException COLUMN_TYPE
   */
  static void check(SessionLocal session, String sql, Collection<ScalarExpression> scalars) {
    Prepared prepared;
    try {
      prepared = session.prepare(sql);
    } catch (DbException e) {
      return; // the database says the same to the caller
    }
    Walk walk = new Walk(scalars);
    prepared.collectDependencies(walk);
    walk.found.forEach(Argument::check);
  }

  /** A column that feeds an expression. */
  private record Argument(ScalarExpression scalar, int position, Column column) {
    void check() {
      scalar.checkType(position, column.getType());
    }
  }

  /** Sees dependencies in their order. H2 fills a HashSet, so that this has to be one. */
  private static final class Walk extends HashSet<DbObject> {
    private static final long serialVersionUID = 1L;
    private final transient Collection<ScalarExpression> scalars;
    private final transient HashSet<Argument> found = new HashSet<>();
    private transient @Nullable ScalarExpression current;
    private int position;

    Walk(Collection<ScalarExpression> scalars) {
      this.scalars = scalars;
    }

    @Override
    public boolean add(DbObject object) {
      for (ScalarExpression scalar : scalars) {
        if (scalar.isCalledBy(object)) {
          current = scalar;
          position = 0;
        }
      }
      ScalarExpression scalar = current;
      if (scalar != null && object instanceof Table table) {
        argument(scalar, scalar.arguments(), table);
      }
      return super.add(object);
    }

    private void argument(
        ScalarExpression scalar, List<ScalarExpression.Argument> arguments, Table table) {
      while (position < arguments.size() && arguments.get(position).isConstant()) {
        position++;
      }
      String name = position < arguments.size() ? arguments.get(position).column() : null;
      Column column = name == null ? null : table.findColumn(name);
      if (column == null) {
        current = null;
      } else {
        found.add(new Argument(scalar, position, column));
        position++;
      }
    }
  }
}
