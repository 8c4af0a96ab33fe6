package dev.insitu.model;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelReference.Selector;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** What {@code ALTER MODEL} changes: which version a name of a model leads to. */
public sealed interface ModelChange {
  /** Returns what leads to another version afterwards. */
  Selector selector();

  /**
   * Returns the change with its identifiers folded.
   *
   * @param fold folds an unquoted identifier as the database does
   */
  ModelChange resolve(UnaryOperator<String> fold);

  /** {@code SET ALIAS alias = VERSION version}: makes the alias, or moves it. */
  record SetAlias(String alias, int version) implements ModelChange {
    private static final Pattern NUMBER = Pattern.compile("[0-9]+");

    /**
     * Refuses a number, which {@code 'churn@3'} could not tell from a version.
     *
     * @throws MlException ALIAS_NAME
     */
    public SetAlias {
      String name = ModelText.unquoted(alias);
      if (name.isEmpty()) {
        throw MlException.of(ErrorCode.ALIAS_NAME, name, "it is empty");
      } else if (NUMBER.matcher(name).matches()) {
        throw MlException.of(ErrorCode.ALIAS_NAME, name, "a number means a version")
            .withHint("Begin it with a letter: v" + name + ".");
      }
    }

    @Override
    public Selector selector() {
      return new Selector.Alias(alias);
    }

    @Override
    public ModelChange resolve(UnaryOperator<String> fold) {
      return new SetAlias(fold.apply(alias), version);
    }

    @Override
    public String toString() {
      return "SET ALIAS " + alias + " = VERSION " + version;
    }
  }

  /**
   * {@code DROP ALIAS [IF EXISTS] alias}.
   *
   * @param ifExists whether it is no error that there is no such alias
   */
  record DropAlias(String alias, boolean ifExists) implements ModelChange {
    @Override
    public Selector selector() {
      return new Selector.Alias(alias);
    }

    @Override
    public ModelChange resolve(UnaryOperator<String> fold) {
      return new DropAlias(fold.apply(alias), ifExists);
    }

    @Override
    public String toString() {
      return "DROP ALIAS " + alias;
    }
  }

  /** {@code SET DEFAULT VERSION version}. */
  record SetDefault(int version) implements ModelChange {
    @Override
    public Selector selector() {
      return ModelText.DEFAULT_VERSION;
    }

    @Override
    public ModelChange resolve(UnaryOperator<String> fold) {
      return this;
    }

    @Override
    public String toString() {
      return "SET DEFAULT VERSION " + version;
    }
  }
}
