package dev.insitu.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordsTest {
  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    Words.each(text, words::add);
    assertThat(Words.count(text)).isEqualTo(words.size());
    return words;
  }

  @Test
  void wordsAreCutAtBlanksAlone() {
    assertThat(words("")).isEmpty();
    assertThat(words("   ")).isEmpty();
    assertThat(words("one")).containsExactly("one");
    assertThat(words("  one\ttwo  three\nfour\u00a0five "))
        .containsExactly("one\ttwo", "three\nfour\u00a0five");
    assertThat(words("nul\0l \uD83D\uDE00 \uD83D"))
        .containsExactly("nul\0l", "\uD83D\uDE00", "\uD83D");
  }

  @Test
  void wordsAreInLowerCaseWhateverTheLocale() {
    assertThat(words("TITLE \u00c9T\u00c9 \u0130 \u039f\u0394\u039f\u03a3 \uD801\uDC00"))
        .containsExactly(
            "title", "\u00e9t\u00e9", "i\u0307", "\u03bf\u03b4\u03bf\u03c2", "\uD801\uDC28");
  }

  @Test
  void textsAreLongWithOverFourWordsOnAverage() {
    assertThat(Words.areLong(400, 100)).isFalse();
    assertThat(Words.areLong(401, 100)).isTrue();
    assertThat(Words.areLong(0, 0)).isFalse();
  }
}
