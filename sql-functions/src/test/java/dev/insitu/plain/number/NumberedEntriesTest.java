package dev.insitu.plain.number;

import static org.assertj.core.api.Assertions.assertThat;

import dev.insitu.operation.FunctionKind;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import org.h2.value.Value;
import org.junit.jupiter.api.Test;

class NumberedEntriesTest {
  private static final Map<FunctionKind, Class<?>> RETURNS =
      Map.of(
          FunctionKind.TEXT, String.class,
          FunctionKind.WHOLE, Integer.class,
          FunctionKind.BIG_WHOLE, Long.class,
          FunctionKind.NUMBER, Double.class,
          FunctionKind.DECIMAL, BigDecimal.class,
          FunctionKind.TRUTH, Boolean.class,
          FunctionKind.DAY, LocalDate.class,
          FunctionKind.MOMENT, LocalDateTime.class,
          FunctionKind.VECTOR, Double[].class);

  @Test
  void everyNumberOfEveryKindIsThereAndAsksForItself() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:", "SA", "")) {
      for (FunctionKind kind : FunctionKind.values()) {
        for (int number = 1; number <= FunctionKind.MOST; number++) {
          Method method = method(kind.method(number));
          assertThat(method.getReturnType()).as(method.toString()).isEqualTo(RETURNS.get(kind));
          assertThat(Modifier.isPublic(method.getModifiers())).isTrue();
          assertThat(method.isVarArgs()).isTrue();
          assertThat(error(method, connection))
              .as(method.toString())
              .startsWith("ML084: there is no function \"" + kind + " " + number + "\" of a model");
        }
      }
    }
  }

  @Test
  void noClassHasMore() throws Exception {
    for (FunctionKind kind : FunctionKind.values()) {
      assertThat(
              Arrays.stream(method(kind.method(1)).getDeclaringClass().getDeclaredMethods())
                  .filter(method -> !method.isSynthetic()))
          .as(kind.name())
          .hasSize(FunctionKind.MOST);
    }
  }

  private static Method method(String path) throws ReflectiveOperationException {
    int dot = path.lastIndexOf('.');
    return Class.forName(path.substring(0, dot))
        .getMethod(path.substring(dot + 1), Connection.class, Value[].class);
  }

  private static String error(Method method, Connection connection) throws Exception {
    try {
      method.invoke(null, connection, new Value[0]);
      return "nothing";
    } catch (InvocationTargetException e) {
      assertThat(e).hasCauseInstanceOf(SQLException.class);
      return String.valueOf(e.getCause() == null ? null : e.getCause().getMessage());
    }
  }
}
