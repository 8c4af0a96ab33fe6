package dev.insitu.calcite.ddl;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelReference;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A model as a statement writes it; nothing is folded yet.
 *
 * @param parts {@code [schema, name]} or {@code [name]}, each with its quotes if it has any
 * @param selector which version; the name of an alias as written
 */
public record ModelText(List<String> parts, ModelReference.Selector selector) {
  /** Copies the list. */
  public ModelText {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.size() > 2) {
      throw MlException.of(
              ErrorCode.MODEL_NAME,
              String.join(".", parts),
              "it has " + parts.size() + " parts, but at most schema and name are expected")
          .withHint("Write name or schema.name.");
    }
  }

  /**
   * Returns the reference with its identifiers folded.
   *
   * @param fold {@link dev.insitu.function.Database#fold}
   */
  public ModelReference resolve(UnaryOperator<String> fold) {
    ModelReference.Selector folded =
        selector instanceof ModelReference.Selector.Alias alias
            ? new ModelReference.Selector.Alias(fold.apply(alias.name()))
            : selector;
    return new ModelReference(
        parts.size() == 2 ? Optional.of(fold.apply(parts.get(0))) : Optional.empty(),
        fold.apply(parts.get(parts.size() - 1)),
        folded);
  }

  /** Returns the text as a user would write it. */
  @Override
  public String toString() {
    return new ModelReference(Optional.empty(), String.join(".", parts), selector).toString();
  }
}
