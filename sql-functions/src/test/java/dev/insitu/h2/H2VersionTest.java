package dev.insitu.h2;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.h2.engine.Constants;
import org.junit.jupiter.api.Test;

class H2VersionTest {
  @Test
  void theVersionOnTheClassPathIsProved() {
    assertThatCode(() -> H2Session.requireProved(Constants.VERSION)).doesNotThrowAnyException();
  }

  @Test
  void anotherVersionIsRefusedWithBothNamed() {
    assertThatThrownBy(() -> H2Session.requireProved("2.3.232"))
        .hasMessage(
            "ML004: Insitu needs H2 2.5.252 or 2.4.240, but version 2.3.232 is on the class path\n"
                + "Hint: Plain statements work; put one of those versions first on the class path.");
  }
}
