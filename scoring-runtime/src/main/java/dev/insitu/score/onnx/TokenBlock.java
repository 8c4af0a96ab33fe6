package dev.insitu.score.onnx;

import dev.insitu.error.MlException;
import dev.insitu.score.FeatureBatch;
import dev.insitu.score.binding.GraphBinding;
import dev.insitu.score.binding.InputErrors;
import dev.insitu.score.binding.NullRule;
import dev.insitu.score.binding.TextStep;
import dev.insitu.score.text.TextTokenizer;
import dev.insitu.score.text.Tokens;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of the rows of one run, filled up to one length; read by all inputs that want to know
 * something of them. Used by one thread at a time.
 */
final class TokenBlock {
  private final TextStep step;
  private final TextTokenizer tokenizer;
  private final List<NullRule> nulls;
  private final InputErrors errors;
  private final String input;
  private final List<Tokens> rows = new ArrayList<>();
  private int length;

  TokenBlock(TextStep step, TextTokenizer tokenizer, GraphBinding binding, InputErrors errors) {
    this.step = step;
    this.tokenizer = tokenizer;
    this.nulls = binding.nulls();
    this.errors = errors;
    this.input = binding.inputs().get(0).input();
  }

  /**
   * Makes the tokens of some rows.
   *
   * @throws MlException NULL_INPUT, TOKENIZER
   */
  void read(FeatureBatch features, int first, int count) {
    rows.clear();
    length = step.fixedLength();
    for (int row = first; row < first + count; row++) {
      String text = text(features, 0, row);
      String pair = step.columns().size() > 1 ? text(features, 1, row) : null;
      Tokens tokens = tokenizer.encode(text, pair);
      if (step.fixedLength() > 0 && tokens.size() > length) {
        throw errors.wrong(
            step.columns().get(0),
            features,
            row,
            "it has " + tokens.size() + " tokens, and the model takes " + length);
      }
      length = Math.max(length, tokens.size());
      rows.add(tokens);
    }
    // A tensor without elements is more than some operators bear.
    length = Math.max(length, 1);
  }

  private String text(FeatureBatch features, int which, int row) {
    int column = step.columns().get(which);
    @Nullable String text = features.texts(column)[row];
    if (text == null) {
      NullRule rule = nulls.get(column);
      text = rule.kind() == NullRule.Kind.TEXT ? rule.text() : null;
    }
    if (text == null) {
      throw errors.isNull(input, column, features, row);
    }
    return text;
  }

  /** Returns how many tokens each row has with padding. */
  int length() {
    return length;
  }

  /** Returns whether a place holds a token, and no padding. */
  boolean isToken(int row, int place) {
    int size = rows.get(row).size();
    return tokenizer.padsLeft() ? place >= length - size : place < size;
  }

  /** Writes a part of all rows; the last one again up to {@code padded}. */
  void write(Tokens.Part part, int padded, LongBuffer target) {
    for (int row = 0; row < padded; row++) {
      Tokens tokens = rows.get(Math.min(row, rows.size() - 1));
      int start = row * length + (tokenizer.padsLeft() ? length - tokens.size() : 0);
      long filling =
          switch (part) {
            case IDS -> tokenizer.padId();
            case MASK -> 0;
            case TYPES -> tokenizer.padType();
          };
      for (int i = row * length; i < (row + 1) * length; i++) {
        target.put(i, filling);
      }
      switch (part) {
        case IDS -> target.put(start, tokens.ids());
        case TYPES -> target.put(start, tokens.types());
        case MASK -> {
          for (int i = 0; i < tokens.size(); i++) {
            target.put(start + i, 1);
          }
        }
      }
    }
  }
}
