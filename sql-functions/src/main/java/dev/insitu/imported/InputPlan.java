package dev.insitu.imported;

import static java.util.Objects.requireNonNull;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.model.Attachment;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.onnx.foreign.Dimension;
import dev.insitu.onnx.foreign.Element;
import dev.insitu.onnx.foreign.ForeignModel;
import dev.insitu.onnx.foreign.GraphPort;
import dev.insitu.score.binding.InputBinding;
import dev.insitu.score.binding.TextStep;
import dev.insitu.score.text.Tokens;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which columns a graph wants, and how they fill its inputs.
 *
 * @param columns the signature's inputs
 * @param bindings each input of the graph
 * @param samples for each column values that the graph knows, as text
 * @param rowsPerRun how many rows the graph declares to take at once, 0 for any number
 * @param text how texts become tokens, or null if no input wants any
 * @param tokenizer the file that makes them
 */
record InputPlan(
    List<ColumnSpec> columns,
    List<InputBinding> bindings,
    List<List<String>> samples,
    int rowsPerRun,
    @Nullable TextStep text,
    Optional<Attachment> tokenizer) {
  /** Copies the lists. */
  InputPlan {
    columns = List.copyOf(columns);
    bindings = List.copyOf(bindings);
    samples = List.copyOf(samples);
  }

  /**
   * Plans.
   *
   * @throws MlException INPUT_COLUMNS_MISSING, GRAPH_NOT_USABLE, ARGUMENT
   */
  static InputPlan of(
      ForeignModel model,
      ImportOptions options,
      Optional<TextPlan> text,
      Optional<ImagePlan> images) {
    return new Builder(model, options, text.orElse(null), images.orElse(null)).build();
  }

  /** What one row may be: a picture of 2,000 by 2,000 dots in four colours, and a batch of that. */
  private static final long MOST_COLUMNS = 1 << 24;

  private static final int MOST_INPUTS = 16_384;

  /** What an ARRAY of H2 holds at most. */
  private static final int MOST_IN_ARRAY = 65_536;

  private static final long MOST_ROWS = 1 << 20;
  private static final long MOST_ELEMENTS = 1 << 26;

  /** A plan under way. */
  private static final class Builder {
    private final ForeignModel model;
    private final List<GraphPort> ports;
    private final Map<String, List<String>> named;
    private final List<ColumnSpec> columns = new ArrayList<>();
    private final List<InputBinding> bindings = new ArrayList<>();
    private final List<List<String>> samples = new ArrayList<>();
    private final @Nullable TextPlan text;
    private final @Nullable ImagePlan images;
    private List<Integer> textColumns = List.of();
    private int rowsPerRun;

    Builder(
        ForeignModel model,
        ImportOptions options,
        @Nullable TextPlan text,
        @Nullable ImagePlan images) {
      this.model = model;
      this.images = images;
      this.text = text;
      this.ports = model.inputs();
      this.named = options.inputColumns();
    }

    InputPlan build() {
      if (ports.isEmpty()) {
        throw unusable("every input of its graph has a default, so no column can enter");
      }
      checkNames();
      if (ports.size() > MOST_INPUTS) {
        throw unusable("it has " + ports.size() + " inputs, more than a table of H2 has columns");
      }
      for (GraphPort port : ports) {
        if (!port.isTensor()) {
          throw unusable("input \"" + port.name() + "\" is " + port.type());
        }
        Tokens.Part part = text == null ? null : text.inputs().get(port.name());
        String picture = images == null ? null : images.column(port.name());
        if (part != null) {
          bindTokens(port, part);
        } else if (images != null && picture != null) {
          port.shape().ifPresent(shape -> limitRows(port, shape.get(0)));
          int position = column(port, picture, ColumnType.BINARY, "BINARY LARGE OBJECT");
          bindings.add(images.binding(port, position));
        } else {
          add(port);
        }
      }
      for (InputBinding binding : bindings) {
        if (rowsPerRun * binding.rowElements() > MOST_ELEMENTS) {
          throw unusable("input \"" + binding.input() + "\" takes too much at once");
        }
      }
      return new InputPlan(
          columns,
          bindings,
          samples,
          rowsPerRun,
          text == null ? null : new TextStep(textColumns, text.maxLength(), text.fixedLength()),
          Optional.ofNullable(text).map(TextPlan::tokenizer));
    }

    private void bindTokens(GraphPort port, Tokens.Part part) {
      port.shape().ifPresent(shape -> limitRows(port, shape.get(0)));
      if (textColumns.isEmpty()) {
        List<Integer> positions = new ArrayList<>();
        for (String name : requireNonNull(text).columns()) {
          positions.add(column(port, name, ColumnType.VARCHAR, "CHARACTER VARYING"));
          samples.set(positions.get(positions.size() - 1), TextPlan.SAMPLES);
        }
        textColumns = positions;
      }
      bindings.add(new InputBinding.TokenPart(port.name(), part, textColumns));
    }

    private void checkNames() {
      List<String> names = ports.stream().map(GraphPort::name).toList();
      for (String name : named.keySet()) {
        if (name.isEmpty() && ports.size() > 1) {
          throw MlException.of(
                  ErrorCode.ARGUMENT,
                  "input_columns",
                  "the model has " + ports.size() + " inputs, so a map is needed")
              .withHint("Its inputs are " + String.join(", ", names) + ".");
        }
        if (!name.isEmpty() && !names.contains(name)) {
          MlException error =
              MlException.of(
                  ErrorCode.ARGUMENT, "input_columns", "the model has no input \"" + name + "\"");
          throw NearestName.of(name, names)
              .map(nearest -> error.withHint("Did you mean \"" + nearest + "\"?"))
              .orElse(error.withHint("Its inputs are " + String.join(", ", names) + "."));
        }
      }
    }

    private void add(GraphPort port) {
      Optional<List<String>> names = names(port);
      List<Dimension> dimensions = port.shape().orElse(List.of());
      if (port.shape().isPresent() && dimensions.isEmpty()) {
        throw unusable("input \"" + port.name() + "\" is one value, not one a row");
      }
      if (port.shape().isEmpty()) {
        List<String> given = names.orElseThrow(() -> missing(port, ""));
        bind(port, given, given.size() == 1 ? List.of(-1L, 1L) : List.of(-1L, (long) given.size()));
        return;
      }
      limitRows(port, dimensions.get(0));
      List<Dimension> rest = dimensions.subList(1, dimensions.size());
      List<Long> shape = new ArrayList<>(List.of(-1L));
      long open = rest.stream().filter(Dimension::isOpen).count();
      long width = 1;
      for (Dimension dimension : rest) {
        long size = dimension.isOpen() ? 1 : dimension.size();
        if (size > 0 && width > MOST_COLUMNS / size) {
          throw unusable(
              "input \"" + port.name() + "\", " + port.type() + ", has too many columns");
        }
        width *= size;
      }
      if (width == 0 || open > 1) {
        throw unusable(
            "input \"" + port.name() + "\", " + port.type() + ", has no stated number of columns");
      }
      if (open == 1) {
        List<String> given = names.orElseThrow(() -> missing(port, ""));
        if (given.size() % width != 0) {
          throw count(port, given.size(), "a multiple of " + width);
        }
        for (Dimension dimension : rest) {
          shape.add(dimension.isOpen() ? given.size() / width : dimension.size());
        }
        bind(port, given, shape);
        return;
      }
      rest.forEach(dimension -> shape.add(dimension.size()));
      if (width == 1) {
        List<String> given = names.orElse(List.of(port.name()));
        if (given.size() != 1) {
          throw count(port, given.size(), "1");
        }
        bind(port, given, shape);
      } else {
        List<String> given =
            names.orElseThrow(() -> missing(port, ": the model does not carry them"));
        if (given.size() == 1) {
          bindVector(port, given.get(0), shape, (int) width);
        } else if (given.size() == width) {
          bind(port, given, shape);
        } else {
          throw count(port, given.size(), String.valueOf(width));
        }
      }
    }

    private void limitRows(GraphPort port, Dimension rows) {
      if (rows.isOpen()) {
        return;
      }
      if (rows.size() > MOST_ROWS) {
        throw unusable("input \"" + port.name() + "\", " + port.type() + ", has too many rows");
      }
      int fixed = (int) rows.size();
      if (fixed == 0 || (rowsPerRun != 0 && rowsPerRun != fixed)) {
        throw unusable(
            "input \"" + port.name() + "\", " + port.type() + ", has another number of rows");
      }
      rowsPerRun = fixed;
    }

    /** What the user says, else what the file carries. */
    private Optional<List<String>> names(GraphPort port) {
      List<String> given = named.get(port.name());
      if (given == null && ports.size() == 1) {
        given = named.get("");
      }
      if (given != null) {
        return Optional.of(given);
      }
      return CarriedNames.of(model, port, ports.size() == 1);
    }

    private void bind(GraphPort port, List<String> names, List<Long> shape) {
      Set<String> seen = new HashSet<>();
      List<Integer> positions = new ArrayList<>();
      for (String name : names) {
        if (!seen.add(name)) {
          throw MlException.of(
              ErrorCode.ARGUMENT,
              "input_columns",
              "column \"" + name + "\" stands twice for input \"" + port.name() + "\"");
        }
        positions.add(column(port, name, columnType(port.element()), sqlType(port.element())));
      }
      bindings.add(new InputBinding.Columns(port.name(), port.element(), shape, positions));
    }

    private void bindVector(GraphPort port, String name, List<Long> shape, int width) {
      if (port.element() == Element.STRING) {
        throw count(port, 1, String.valueOf(width));
      }
      String type = arrayType("input \"" + port.name() + "\", " + port.type(), width);
      int position = column(port, name, ColumnType.ARRAY, type);
      bindings.add(new InputBinding.Vector(port.name(), shape, position, width));
    }

    /** One column may feed several inputs, of one type. */
    private int column(GraphPort port, String name, ColumnType type, String sqlType) {
      for (int i = 0; i < columns.size(); i++) {
        if (columns.get(i).name().equals(name)) {
          if (columns.get(i).type().form() != type.form()) {
            throw unusable(
                "column \""
                    + name
                    + "\" would have to be "
                    + columns.get(i).sqlType()
                    + " and, for input \""
                    + port.name()
                    + "\", "
                    + sqlType);
          }
          return i;
        }
      }
      columns.add(new ColumnSpec(name, type, sqlType, true));
      samples.add(model.knownValues(port.name()));
      return columns.size() - 1;
    }

    private static ColumnType columnType(Element element) {
      return switch (element) {
        case STRING -> ColumnType.VARCHAR;
        case BOOL -> ColumnType.BOOLEAN;
        case DOUBLE -> ColumnType.DOUBLE;
        case INT8, UINT8, INT16 -> ColumnType.SMALLINT;
        case UINT16, INT32 -> ColumnType.INTEGER;
        case UINT32, INT64, UINT64 -> ColumnType.BIGINT;
        default -> ColumnType.REAL;
      };
    }

    private static String sqlType(Element element) {
      return switch (element) {
        case STRING -> "CHARACTER VARYING";
        case DOUBLE -> "DOUBLE PRECISION";
        default -> columnType(element).name();
      };
    }

    private MlException missing(GraphPort port, String reason) {
      if (text == null && named.isEmpty() && port.name().equals("input_ids")) {
        return MlException.of(ErrorCode.INPUT_COLUMNS_MISSING, port.name(), port.type(), reason)
            .withHint(TextPlan.HINT);
      }
      return MlException.of(ErrorCode.INPUT_COLUMNS_MISSING, port.name(), port.type(), reason)
          .withHint(
              "Name them in the order of training: OPTIONS (input_columns = MAP['"
                  + port.name().replace("'", "''")
                  + "', ARRAY['…', '…']]).");
    }

    private static MlException count(GraphPort port, int given, String expected) {
      return MlException.of(
          ErrorCode.ARGUMENT,
          "input_columns",
          "input \""
              + port.name()
              + "\", "
              + port.type()
              + ", takes "
              + expected
              + (expected.equals("1") ? " column" : " columns")
              + ", but "
              + given
              + (given == 1 ? " was" : " were")
              + " given");
    }
  }

  /**
   * Returns the SQL type of an array of numbers.
   *
   * @param what whose numbers they are, for the message
   * @throws MlException GRAPH_NOT_USABLE if no array has so many
   */
  static String arrayType(String what, int width) {
    if (width > MOST_IN_ARRAY) {
      throw unusable(
          what + ", has " + width + " numbers a row, and an ARRAY holds " + MOST_IN_ARRAY);
    }
    return "DOUBLE PRECISION ARRAY[" + width + "]";
  }

  static MlException unusable(String reason) {
    return MlException.of(ErrorCode.GRAPH_NOT_USABLE, reason);
  }
}
