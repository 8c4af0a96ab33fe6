package dev.insitu.shell;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ProgressViewTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ProgressView view = new ProgressView(new PrintStream(bytes, true, UTF_8), false);

  @Test
  void showsABarWhereTheEndIsKnown() {
    view.step("training", 25, 100);
    assertThat(view.line(3.4)).isEqualTo("[#######                       ] 25 % training, 3 s");
  }

  @Test
  void showsACountWhereTheEndIsNotKnown() {
    view.step("reading", 336776, -1);
    assertThat(view.line(12)).isEqualTo("reading 336,776, 12 s");
  }

  @Test
  void showsTheTimeWhereNothingIsKnown() {
    assertThat(view.line(7)).isEqualTo("running, 7 s");
  }

  @Test
  void paintsNothingUnlessEnabled() throws InterruptedException {
    view.begin();
    Thread.sleep(1000);
    view.end();
    assertThat(bytes.size()).isZero();
  }
}
