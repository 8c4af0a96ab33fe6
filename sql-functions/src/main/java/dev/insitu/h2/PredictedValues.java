package dev.insitu.h2;

import dev.insitu.function.OutputColumn;
import dev.insitu.function.Prediction;
import dev.insitu.model.Task;
import dev.insitu.score.PredictionBatch;
import java.util.List;
import org.h2.engine.SessionLocal;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueBigint;
import org.h2.value.ValueDouble;
import org.h2.value.ValueNull;
import org.h2.value.ValueVarchar;

/** Scores as H2's values, in the types of the prediction's columns. */
final class PredictedValues {
  private final SessionLocal session;
  private final Prediction prediction;
  private final List<OutputColumn> outputs;
  private final TypeInfo[] types;

  /** The classes in the type of each output that holds one; empty for the others. */
  private final Value[][] classes;

  PredictedValues(SessionLocal session, Prediction prediction, List<OutputColumn> outputs) {
    this.session = session;
    this.prediction = prediction;
    this.outputs = List.copyOf(outputs);
    this.types = new TypeInfo[outputs.size()];
    this.classes = new Value[outputs.size()][];
    for (int i = 0; i < types.length; i++) {
      types[i] = H2Types.parse(session, outputs.get(i).column().sqlType());
      classes[i] = classes(outputs.get(i), types[i]);
    }
  }

  TypeInfo type(int output) {
    return types[output];
  }

  Value value(int output, PredictionBatch scores, int row) {
    OutputColumn column = outputs.get(output);
    if (column.kind() == OutputColumn.Kind.PREDICTED_CLASS) {
      return classes[output][prediction.predictedClass(scores, row)];
    }
    if (column.kind() == OutputColumn.Kind.TOP_CLASSES
        || column.kind() == OutputColumn.Kind.TOP_PROBABILITIES) {
      return top(output, column, scores, row);
    }
    if (column.kind() == OutputColumn.Kind.TEXT) {
      String text = scores.texts(column.index())[row];
      return text == null ? ValueNull.INSTANCE : ValueVarchar.get(text, session);
    }
    if (column.kind() == OutputColumn.Kind.INTEGER) {
      return ValueBigint.get(scores.integers(column.index())[row])
          .convertTo(types[output], session);
    }
    if (column.kind() == OutputColumn.Kind.VECTOR) {
      Value[] elements = new Value[column.width()];
      for (int i = 0; i < elements.length; i++) {
        elements[i] = DoubleValues.get(scores.score(row, column.index() + i));
      }
      return ValueArray.get(TypeInfo.TYPE_DOUBLE, elements, session);
    }
    ValueDouble number = DoubleValues.get(prediction.number(column, scores, row));
    return types[output].getValueType() == Value.DOUBLE
        ? number
        : number.convertTo(types[output], session);
  }

  private ValueArray top(int output, OutputColumn column, PredictionBatch scores, int row) {
    int[] best = prediction.topClasses(scores, row, column.width());
    Value[] elements = new Value[best.length];
    for (int i = 0; i < best.length; i++) {
      elements[i] =
          column.kind() == OutputColumn.Kind.TOP_CLASSES
              ? classes[output][best[i]]
              : DoubleValues.get(scores.score(row, best[i]));
    }
    return ValueArray.get((TypeInfo) types[output].getExtTypeInfo(), elements, session);
  }

  private Value[] classes(OutputColumn output, TypeInfo type) {
    boolean several = output.kind() == OutputColumn.Kind.TOP_CLASSES;
    if ((several || output.kind() == OutputColumn.Kind.PREDICTED_CLASS)
        && prediction.version().model().task() instanceof Task.Classification task) {
      TypeInfo one = several ? (TypeInfo) type.getExtTypeInfo() : type;
      return task.classes().stream()
          .map(text -> ValueVarchar.get(text, session).convertTo(one, session))
          .toArray(Value[]::new);
    }
    return new Value[0];
  }
}
