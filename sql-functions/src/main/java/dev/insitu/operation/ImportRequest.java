package dev.insitu.operation;

import dev.insitu.function.OptionValue;
import dev.insitu.model.ModelReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code CREATE MODEL … FROM} asks for.
 *
 * @param statement {@code CREATE MODEL}, for messages
 * @param model the model to make
 * @param existing what to do if there is one of that name
 * @param options by name in lower case, in the order written
 * @param source where the graph is
 */
public record ImportRequest(
    String statement,
    ModelReference model,
    CreateRequest.Existing existing,
    Map<String, OptionValue> options,
    Source source) {
  /** What a Java array, and so a graph, can have. */
  public static final int MOST_BYTES = Integer.MAX_VALUE - 8;

  /** Copies the options, in order. */
  public ImportRequest {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }

  /** Where a graph is. */
  public sealed interface Source {
    /** Returns it as {@code SHOW CREATE MODEL} writes it. */
    String clause();
  }

  /** A file of the machine that connects. */
  public record File(Path path) implements Source {
    @Override
    public String clause() {
      return "FROM FILE '" + path.toString().replace("'", "''") + "'";
    }
  }

  /**
   * The one value of a query.
   *
   * @param query the query as the database can run it
   * @param written the query as the user wrote it
   * @param parameters the value of each {@code ?}
   */
  public record Query(String query, String written, List<@Nullable Object> parameters)
      implements Source {
    /** Copies the parameters. */
    public Query {
      parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    @Override
    public String clause() {
      return "FROM (" + written + ")";
    }
  }

  /** Bytes that a program hands over. */
  @SuppressWarnings("ArrayRecordComponent") // handed over once, compared by nobody
  public record Content(byte[] bytes) implements Source {
    @Override
    public String clause() {
      return "FROM (SELECT CAST(? AS BLOB))"; // the program has to hand them over again
    }
  }
}
