package dev.insitu.store.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The statements of a script: comment lines begin with two hyphens, a statement ends with a
 * semicolon at the end of a line.
 *
 * @param statements in order, without the semicolon
 */
record SqlScript(List<String> statements) {
  SqlScript {
    statements = List.copyOf(statements);
  }

  static SqlScript parse(String text) {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    for (String line : text.lines().toList()) {
      String trimmed = line.strip();
      if (trimmed.isEmpty() || trimmed.startsWith("--")) {
        continue;
      }
      statement.append(line);
      if (trimmed.endsWith(";")) {
        statement.setLength(statement.lastIndexOf(";"));
        statements.add(statement.toString());
        statement.setLength(0);
      } else {
        statement.append('\n');
      }
    }
    if (!statement.isEmpty()) {
      throw new IllegalArgumentException("no semicolon after: " + statement);
    }
    return new SqlScript(statements);
  }

  /** Reads a resource that lies beside this class. */
  static SqlScript resource(String name) {
    try (InputStream stream = SqlScript.class.getResourceAsStream(name)) {
      if (stream == null) {
        throw new IllegalStateException("resource " + name + " is not on the class path");
      }
      return parse(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
