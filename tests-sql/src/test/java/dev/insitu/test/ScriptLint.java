package dev.insitu.test;

import java.util.ArrayList;
import java.util.List;

/**
 * Closes the two holes of Quidem: a statement without a command never runs, and an empty file
 * passes.
 */
final class ScriptLint {
  private ScriptLint() {}

  static List<String> findings(String name, String text) {
    if (text.isBlank()) {
      return List.of("the script is empty");
    }
    List<String> findings = new ArrayList<>();
    List<String> lines = text.lines().toList();
    int statement = -1;
    boolean ended = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.startsWith("!")) {
        statement = -1;
        ended = false;
      } else if (ended && statement >= 0 && line.startsWith("#")
          || ended && statement >= 0 && line.isBlank() && !commandFollows(lines, i)) {
        findings.add(
            "line "
                + (statement + 1)
                + ": the statement is followed by no command and would not run");
        statement = -1;
        ended = false;
      } else if (!line.isBlank() && !line.startsWith("#")) {
        statement = statement < 0 ? i : statement;
        ended |= line.stripTrailing().endsWith(";");
      }
    }
    if (statement >= 0) {
      findings.add(
          "line "
              + (statement + 1)
              + ": the statement is followed by no command and would not run");
    }
    if (!lines.get(lines.size() - 1).equals("# End " + name)) {
      findings.add("the last line is not \"# End " + name + "\"");
    }
    return findings;
  }

  /** The output of an update ends with a blank line, before its command. */
  private static boolean commandFollows(List<String> lines, int blank) {
    return lines.stream()
        .skip(blank)
        .filter(line -> !line.isBlank())
        .findFirst()
        .map(line -> line.startsWith("!"))
        .orElse(false);
  }
}
