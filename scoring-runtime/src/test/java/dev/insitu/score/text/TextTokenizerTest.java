package dev.insitu.score.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.MlException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Texts that nobody expects, and files that are no tokenizers. The ids of ordinary texts are
 * compared with Python's in {@code ImportedModelsTest}.
 */
class TextTokenizerTest {
  private static final Path MODELS = Path.of("../tests-sql/onnx").toAbsolutePath().normalize();

  private static byte[] file(String pipeline) throws IOException {
    return Files.readAllBytes(MODELS.resolve("models").resolve(pipeline).resolve("tokenizer.json"));
  }

  @Test
  void anEmptyTextHasTheSpecialTokensAlone() throws IOException {
    try (TextTokenizer words = TextTokenizer.open("x", file("text_transformer"), 32);
        TextTokenizer bytes = TextTokenizer.open("x", file("text_bag"), 32)) {
      assertThat(words.encode("", null).ids()).containsExactly(2, 3);
      assertThat(bytes.encode("", null).ids()).isEmpty();
    }
  }

  @Test
  void whatIsTooLongIsCutOffAndKeepsItsEnd() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.open("x", file("text_transformer"), 32)) {
      long[] ids = tokenizer.encode("great ".repeat(20_000), null).ids();
      assertThat(ids).hasSize(32).startsWith(2).endsWith(3);
      assertThat(tokenizer.encode("x".repeat(100_000), null).ids()).containsExactly(2, 1, 3);
    }
  }

  @Test
  void signsThatJavaAndNativeCodeWriteDifferentlyArrive() throws IOException {
    try (TextTokenizer bytes = TextTokenizer.open("x", file("text_bag"), 32)) {
      // Byte for byte: NUL is one byte, an emoji four, half an emoji the three of U+FFFD.
      assertThat(bytes.encode("\0", null).size()).isEqualTo(1);
      assertThat(bytes.encode("\uD83D\uDE00", null).size()).isEqualTo(4);
      assertThat(bytes.encode("\uD83D", null).ids()).isEqualTo(bytes.encode("\uFFFD", null).ids());
      assertThat(bytes.encode("\uDE00\uD83D", null).ids())
          .isEqualTo(bytes.encode("\uFFFD\uFFFD", null).ids());
    }
  }

  @Test
  void aPairHasTwoTypes() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.open("x", file("text_transformer"), 16)) {
      Tokens tokens = tokenizer.encode("great", "soup");
      assertThat(tokens.types()).containsOnly(0, 1).startsWith(0).endsWith(1);
      assertThat(tokens.size()).isEqualTo(tokens.types().length);
      assertThat(tokenizer.encode("great ".repeat(50), "soup ".repeat(50)).size()).isEqualTo(16);
    }
  }

  @Test
  void manyThreadsShareOne() throws IOException {
    try (TextTokenizer tokenizer = TextTokenizer.open("x", file("text_transformer"), 32)) {
      List<String> texts =
          IntStream.range(0, 2_000).mapToObj(i -> "the soup of " + i + " was great").toList();
      List<String> alone = texts.stream().map(t -> ids(tokenizer, t)).toList();
      assertThat(texts.parallelStream().map(t -> ids(tokenizer, t)).toList()).isEqualTo(alone);
    }
  }

  private static String ids(TextTokenizer tokenizer, String text) {
    return Arrays.toString(tokenizer.encode(text, null).ids());
  }

  @Test
  void theFileSaysHowToFillUp() {
    String json =
        """
        {"version": "1.0", "truncation": {"direction": "Left", "max_length": 9,
          "strategy": "LongestFirst", "stride": 2},
         "padding": {"strategy": "BatchLongest", "direction": "Left", "pad_to_multiple_of": 8,
          "pad_id": 7, "pad_type_id": 3, "pad_token": "-"}, "added_tokens": [], "normalizer": null,
         "pre_tokenizer": {"type": "Whitespace"}, "post_processor": null, "decoder": null,
         "model": {"type": "WordLevel", "vocab": {"a": 0, "b": 1, "?": 2}, "unk_token": "?"}}
        """;
    try (TextTokenizer tokenizer =
        TextTokenizer.open("x", json.getBytes(StandardCharsets.UTF_8), 0)) {
      assertThat(tokenizer.maxLength()).isEqualTo(9);
      assertThat(tokenizer.padId()).isEqualTo(7);
      assertThat(tokenizer.padType()).isEqualTo(3);
      assertThat(tokenizer.padsLeft()).isTrue();
      // No padding here, and what is cut off stands at the beginning.
      assertThat(tokenizer.encode("a a a a a b b b b b b b b b", null).ids())
          .containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1);
      assertThat(tokenizer.encode("b z a", null).ids()).containsExactly(1, 2, 0);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                                | no tokenizer.json
          []                                                                | no tokenizer.json
          {                                                                 | end-of-input
          {}                                                                | Model missing
          {"model": 1}                                                      | model is missing
          {"model": {"type": "WordPiece", "vocab": {}}}                     | missing field
          {"padding": {"pad_id": 18446744073709551615}}                     | out of range
          {"added_tokens": 1e400, "model": {}}                              | out of range
          {"post_processor": {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "x", "type_id": 0}}], "pair": [], "special_tokens": {}}, "model": {}} | not declared
          {"model": {"type": "BPE", "continuing_subword_prefix": "##", "vocab": {"a": 0}, "merges": []}} | prefix
          """)
  void refuses(String json, String reason) {
    assertThatThrownBy(
            () -> TextTokenizer.open("'t.json'", json.getBytes(StandardCharsets.UTF_8), 0))
        .isInstanceOf(MlException.class)
        .hasMessageContaining("'t.json' is no tokenizer that can be used")
        .hasMessageContaining(reason);
  }

  @Test
  void refusesAFileThatIsTooLarge() {
    assertThatThrownBy(() -> TextTokenizer.open("x", new byte[TextTokenizer.MAX_BYTES + 1], 0))
        .isInstanceOf(MlException.class)
        .hasMessageContaining("that are allowed");
  }
}
