package dev.insitu.calcite.rule;

import dev.insitu.calcite.rel.Narrowing;
import dev.insitu.calcite.rel.Opaque;
import dev.insitu.calcite.rel.Predict;
import dev.insitu.model.ColumnSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Takes away what nobody asks for: columns of an input that neither the statement nor the model
 * reads, and a prediction none of whose columns is read.
 *
 * <pre>{@code
 * Aggregate(COUNT())                       Aggregate(COUNT())
 *   Predict                            →     Opaque(SELECT NULL FROM f)
 *     Opaque(SELECT * FROM f)
 * }</pre>
 *
 * <p>The database reads the statement's own text, so every column whose name stands there is read,
 * whatever the planner thinks of it ({@link Reading}), and so is every column of a condition that
 * has moved: the text still has the condition, perhaps under another name of the column.
 */
public final class PredictTrimmer extends RelFieldTrimmer {
  private final Reading reading;

  PredictTrimmer(RelBuilder builder, Reading reading) {
    super(null, builder);
    this.reading = reading;
  }

  /** Called by reflection. */
  public TrimResult trimFields(
      Predict predict, ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields) {
    int width = predict.getRowType().getFieldCount();
    if (!(predict.getInput().stripped() instanceof Opaque input)) {
      return result(predict, Mappings.createIdentity(width));
    }
    String call = input.source().call();
    int inputs = input.getRowType().getFieldCount();
    List<String> names = predict.getRowType().getFieldNames();
    boolean scored = false;
    for (int i = inputs; i < width; i++) {
      scored |= fieldsUsed.get(i) || reading.reads(call, names.get(i));
    }
    List<Integer> kept = new ArrayList<>();
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      int column = input.narrowing().columns().get(i);
      ColumnSpec spec = input.source().columns().get(column);
      boolean fed = scored && predict.use().read().contains(spec.name());
      if (fed
          || fieldsUsed.get(i)
          || input.narrowing().asksFor(column)
          || reading.reads(call, spec.name())) {
        kept.add(i);
        columns.add(column);
      }
    }
    Opaque read =
        columns.size() == inputs || !Narrowing.canNarrow(input.source().columns())
            ? input
            : input.narrowed(new Narrowing(columns, input.narrowing().conditions()));
    if (read == input && scored) {
      return result(predict, Mappings.createIdentity(width));
    }
    if (read == input) {
      kept.clear();
      for (int i = 0; i < inputs; i++) {
        kept.add(i);
      }
    }
    if (kept.isEmpty() && !scored) {
      return dummyProject(width, read);
    }
    int outputs = scored ? width - inputs : 0;
    Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, width, kept.size() + outputs);
    for (int i = 0; i < kept.size(); i++) {
      mapping.set(kept.get(i), i);
    }
    for (int i = 0; i < outputs; i++) {
      mapping.set(inputs + i, kept.size() + i);
    }
    RelNode trimmed = scored ? predict.over(read, predict.use()) : read;
    return result(trimmed, mapping);
  }
}
