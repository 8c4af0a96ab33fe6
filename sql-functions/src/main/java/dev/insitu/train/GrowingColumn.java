package dev.insitu.train;

import dev.insitu.onnx.GraphBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A column while its rows are still coming: chunks of 65,536 values, so that it grows without being
 * copied. Confined to one thread.
 */
abstract sealed class GrowingColumn {
  static final int CHUNK_BITS = 16;
  static final int CHUNK = 1 << CHUNK_BITS;

  /** Returns the bytes that a row takes, texts themselves not counted. */
  abstract int bytesPerRow();

  /** Returns the bytes that texts take. */
  long dictionaryBytes() {
    return 0;
  }

  /** Numbers, 8 bytes a row; NULL is NaN. */
  static final class Numbers extends GrowingColumn {
    private final List<double[]> chunks = new ArrayList<>();

    /** Sets the values of some rows, in their order, but for those to be skipped. */
    void setAll(int firstRow, double[] values, boolean[] skip) {
      int row = firstRow;
      double[] chunk = chunk(row);
      for (int i = 0; i < skip.length; i++) {
        if (!skip[i]) {
          if ((row & (CHUNK - 1)) == 0) {
            chunk = chunk(row);
          }
          // One NaN and one zero, so that equal rows have equal bits.
          double value = values[i];
          chunk[row++ & (CHUNK - 1)] = Double.isNaN(value) ? Double.NaN : value + 0.0;
        }
      }
    }

    private double[] chunk(int row) {
      if (row >> CHUNK_BITS == chunks.size()) {
        chunks.add(new double[CHUNK]);
      }
      return chunks.get(row >> CHUNK_BITS);
    }

    double[] toArray(int rows) {
      double[] values = new double[rows];
      for (int row = 0; row < rows; row += CHUNK) {
        System.arraycopy(
            chunks.get(row >> CHUNK_BITS), 0, values, row, Math.min(CHUNK, rows - row));
      }
      chunks.clear();
      return values;
    }

    @Override
    int bytesPerRow() {
      return Double.BYTES;
    }
  }

  /** Texts as codes of a dictionary, 4 bytes a row; NULL is -1. */
  static final class Texts extends GrowingColumn {
    private static final int ENTRY_BYTES = 120;
    private static final int BYTES_PER_COUNTED_TEXT = 32;
    private static final int BYTES_PER_COUNTED_WORD = Integer.BYTES;
    private static final int BYTES_PER_CANDIDATE = 160;
    private static final int MAX_CANDIDATES = 1 << 18;

    private final List<int[]> chunks = new ArrayList<>();
    private final Map<String, Integer> codes = new HashMap<>();
    private long bytes;
    private long words;

    void set(int row, @Nullable String text) {
      if (row >> CHUNK_BITS == chunks.size()) {
        chunks.add(new int[CHUNK]);
      }
      int code = -1;
      // The text that stands for NULL in a file is NULL here too, or the file would not agree.
      if (text != null && !text.equals(GraphBuilder.NULL_TEXT)) {
        Integer known = codes.get(text);
        if (known == null) {
          known = codes.size();
          codes.put(text, known);
          bytes += ENTRY_BYTES + 2L * text.length();
          words += Words.count(text);
        }
        code = known;
      }
      chunks.get(row >> CHUNK_BITS)[row & (CHUNK - 1)] = code;
    }

    /** Returns the distinct texts by code point; codes become positions in this list. */
    List<String> dictionary() {
      return codes.keySet().stream().sorted(CodePoints.ORDER).toList();
    }

    int[] toArray(int rows, List<String> dictionary) {
      int[] position = new int[dictionary.size()];
      for (int i = 0; i < position.length; i++) {
        Integer code = codes.get(dictionary.get(i));
        position[code == null ? i : code] = i;
      }
      int[] values = new int[rows];
      for (int row = 0; row < rows; row++) {
        int code = chunks.get(row >> CHUNK_BITS)[row & (CHUNK - 1)];
        values[row] = code < 0 ? -1 : position[code];
      }
      chunks.clear();
      codes.clear();
      return values;
    }

    @Override
    int bytesPerRow() {
      return Integer.BYTES;
    }

    /** Also counts the vocabulary that will be fitted where texts are long. */
    @Override
    long dictionaryBytes() {
      long vocabulary =
          Words.areLong(words, codes.size())
              ? BYTES_PER_COUNTED_TEXT * (long) codes.size()
                  + BYTES_PER_COUNTED_WORD * words
                  + BYTES_PER_CANDIDATE * Math.min(words, MAX_CANDIDATES)
              : 0;
      return bytes + vocabulary;
    }
  }
}
