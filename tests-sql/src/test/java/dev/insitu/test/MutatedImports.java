package dev.insitu.test;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.concurrent.TimeUnit;

/**
 * A process that imports changed models, and says before each its number and after it what came of
 * it.
 */
final class MutatedImports {
  /** How many are imported before a database is left for a new one. */
  private static final int A_DATABASE = 500;

  private MutatedImports() {}

  public static void main(String[] arguments) throws Exception {
    long seed = Long.parseLong(arguments[0]);
    int from = Integer.parseInt(arguments[1]);
    int to = Integer.parseInt(arguments[2]);
    MutatedModels models = MutatedModels.read(Path.of(arguments[3]));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (int start = from; start < to; start += A_DATABASE) {
      try (Connection connection = DriverManager.getConnection("jdbc:insitu:h2:mem:", "sa", "")) {
        ImportTry imports = new ImportTry(connection, 1);
        for (int number = start; number < Math.min(to, start + A_DATABASE); number++) {
          byte[] bytes = models.at(seed, number);
          out.println("begin\t" + number);
          long begin = System.nanoTime();
          String answer = imports.of(bytes);
          long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
          out.println("end of\t" + number + " in " + millis + "\t" + answer);
        }
      }
      out.println("resident\t" + ProcessMemory.now().resident());
    }
    out.println("end");
  }
}
