package dev.insitu.score.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.error.MlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Good files with one or two of their words replaced end in an error or in a tokenizer, and not in
 * the end of the process (Surefire reports "The forked VM terminated"). {@code
 * -Dinsitu.mutations=N} tries more.
 */
class DamagedTokenizersTest {
  private static final Path MODELS =
      Path.of("../tests-sql/onnx/models").toAbsolutePath().normalize();
  private static final int MUTATIONS = Integer.getInteger("insitu.mutations", 500);
  private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|-?[0-9.]+|true|false|null");

  /** Where the interesting part of a file, all but the vocabulary, is. */
  private static final int HEAD = 3_000;

  private static final List<String> WORDS =
      List.of(
          "null",
          "0",
          "-1",
          "1",
          "4294967295",
          "18446744073709551615",
          "1e400",
          "\"\"",
          "[]",
          "{}",
          "\"a\"",
          "true",
          "\"WordPiece\"",
          "\"BPE\"",
          "\"Unigram\"",
          "\"WordLevel\"",
          "[[]]",
          "[0,1]");

  @ParameterizedTest
  @ValueSource(strings = {"text_transformer", "text_bag"})
  void endInAnErrorOrInATokenizer(String pipeline) throws IOException {
    String file = Files.readString(MODELS.resolve(pipeline).resolve("tokenizer.json"));
    List<int[]> places = new ArrayList<>();
    Matcher words = WORD.matcher(file);
    while (words.find()) {
      places.add(new int[] {words.start(), words.end()});
    }
    int head = (int) places.stream().filter(place -> place[0] < HEAD).count();
    int opened = 0;
    int refused = 0;
    for (int seed = 0; seed < MUTATIONS; seed++) {
      Random random = new Random(seed);
      StringBuilder damaged = new StringBuilder(file);
      int[] place = places.get(random.nextInt(random.nextInt(10) < 8 ? head : places.size()));
      damaged.replace(place[0], place[1], WORDS.get(random.nextInt(WORDS.size())));
      int[] earlier = places.get(random.nextInt(head));
      if (random.nextBoolean() && earlier[1] < place[0]) {
        damaged.replace(earlier[0], earlier[1], WORDS.get(random.nextInt(WORDS.size())));
      }
      byte[] bytes = damaged.toString().getBytes(StandardCharsets.UTF_8);
      try (TextTokenizer tokenizer =
          TextTokenizer.open("seed " + seed, bytes, 8 + random.nextInt(30))) {
        for (String text : List.of("", "Hello world", "a\0b \uD83D\uDE00", "x".repeat(300))) {
          tokenizer.encode(text, null);
          tokenizer.encode(text, "you");
        }
        opened++;
      } catch (MlException e) {
        refused++;
      }
    }
    assertThat(opened).isPositive();
    assertThat(refused).isPositive();
  }
}
