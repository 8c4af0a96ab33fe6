package dev.insitu.h2;

import java.util.Iterator;
import java.util.Set;

/**
 * Tells from the calls that lead to a table's first reading whether it can be read again within the
 * same execution.
 *
 * <p>H2's plans do not say so in one place: a table is read again as the inner side of a nested
 * loop, value by value of an IN list, in a sub-query, in a derived table or CTE that is used twice,
 * in a recursion, by MERGE and by UPDATE. The chain of calls says all of that at once: if nothing
 * but one table filter, the query itself and H2's command stand between the reading and the user's
 * call, then the reading is that of the outermost table of a statement's own query, which runs
 * once. Every other chain, also one that nobody has thought of, is taken as read again.
 */
final class CallChain {
  // From JDK 22 on a frame tells its descriptor only to a walker that may keep the class.
  private static final StackWalker WALKER =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
  private static final Set<String> ONCE =
      Set.of(
          "org.h2.command.query.Select",
          "org.h2.command.query.Select$LazyResultSelect",
          "org.h2.command.query.Select$LazyResultQueryFlat",
          "org.h2.command.query.Select$LazyResultGroupSorted",
          "org.h2.command.query.SelectUnion",
          "org.h2.command.query.SelectUnion$LazyResultUnion",
          "org.h2.result.LazyResult",
          "org.h2.result.FetchedResult",
          "org.h2.schema.FunctionAlias$JavaMethod",
          "org.h2.expression.function.table.JavaTableFunction",
          "org.h2.table.FunctionTable",
          "org.h2.index.VirtualConstructedTableIndex",
          "org.h2.command.dml.Explain",
          "org.h2.command.dml.DataChangeStatement");

  private CallChain() {}

  /** What a reading is in its execution. */
  enum Reading {
    /** The table may be read again. */
    AGAIN,

    /** It is the only one, inside of a derived table. */
    ONCE,

    /**
     * It is the only one, of a table of the statement's own query, and is so in every execution.
     */
    OUTERMOST,

    /**
     * It is a table function's after CALL, whose rows the client reads when the statement ended.
     */
    CALLED
  }

  /**
   * Returns what the reading that is about to start is in its execution.
   *
   * @param nestedOnce whether the statement's derived tables are read at most once
   */
  static Reading toHere(boolean nestedOnce) {
    return WALKER.walk(frames -> reading(frames.iterator(), nestedOnce));
  }

  private static Reading reading(Iterator<StackWalker.StackFrame> frames, boolean nestedOnce) {
    int filters = 0;
    boolean intoTarget = false;
    boolean direct = false;
    boolean nested = false;
    while (frames.hasNext()) {
      StackWalker.StackFrame frame = frames.next();
      String name = frame.getClassName();
      switch (name) {
        case "org.h2.table.TableFilter":
          if (++filters > 1) {
            return Reading.AGAIN;
          }
          break;
        case "org.h2.index.QueryExpressionCursor":
          if (!nestedOnce || filters != 1) {
            return Reading.AGAIN;
          }
          filters = 0; // of the query around the derived table
          nested = true;
          break;
        case "org.h2.index.IndexCursor":
          if (frame.getMethodName().equals("next") && nestedOnce && filters == 0) {
            break;
          }
          if (!frame.getMethodName().equals("find") || filters > 0) {
            return Reading.AGAIN;
          }
          if (frame.getDescriptor().startsWith("(Lorg/h2/value/")) {
            return Reading.AGAIN; // one value of an IN list
          }
          break;
        case "org.h2.command.query.Query":
          intoTarget = frame.getDescriptor().startsWith("(JL");
          break;
        case "org.h2.command.dml.Insert":
          direct = direct || intoTarget;
          intoTarget = false;
          break;
        case "org.h2.command.dml.Call":
          return filters == 0 && !nested ? Reading.CALLED : Reading.AGAIN;
        case "org.h2.command.ddl.CreateTable":
          direct = false; // a table that is being made cannot be read
          break;
        case "org.h2.command.CommandContainer", "org.h2.command.CommandList":
          return filters != 1 || direct ? Reading.AGAIN : nested ? Reading.ONCE : Reading.OUTERMOST;
        default:
          if (filters == 0
              && (name.startsWith("dev.insitu.h2.") || name.startsWith("dev.insitu.plain."))) {
            break; // this table's own calls
          }
          if (name.startsWith("dev.insitu.") || name.startsWith("org.h2.jdbc.")) {
            return filters != 1 || direct
                ? Reading.AGAIN
                : nested ? Reading.ONCE : Reading.OUTERMOST;
          }
          if (!ONCE.contains(name)) {
            return Reading.AGAIN;
          }
      }
    }
    return Reading.AGAIN;
  }
}
