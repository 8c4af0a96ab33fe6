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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.h2.value.Value;
import org.h2.value.ValueNull;
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

  /** So many inputs have a method of their own; what has more comes as the first and an array. */
  private static final int INPUTS = 15;

  @Test
  void everyNumberOfEveryKindIsThereForAnyInputsAndAsksForItself() throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:h2:mem:", "SA", "")) {
      for (FunctionKind kind : FunctionKind.values()) {
        for (int number = 1; number <= FunctionKind.MOST; number++) {
          List<Method> methods = methods(kind.method(number));
          assertThat(methods).as(kind.method(number)).hasSize(INPUTS + 2);
          for (int inputs = 0; inputs < methods.size(); inputs++) {
            Method method = methods.get(inputs);
            assertThat(method.getReturnType()).as(method.toString()).isEqualTo(RETURNS.get(kind));
            assertThat(method.isVarArgs()).isEqualTo(inputs > INPUTS);
            assertThat(error(method, connection))
                .as(method.toString())
                .startsWith(
                    "ML084: there is no function \"" + kind + " " + number + "\" of a model");
          }
        }
      }
    }
  }

  @Test
  void noClassHasMore() throws Exception {
    for (FunctionKind kind : FunctionKind.values()) {
      assertThat(
              Arrays.stream(type(kind.method(1)).getDeclaredMethods())
                  .filter(method -> !method.isSynthetic()))
          .as(kind.name())
          .hasSize(FunctionKind.MOST * (INPUTS + 2));
    }
  }

  private static Class<?> type(String path) throws ReflectiveOperationException {
    return Class.forName(path.substring(0, path.lastIndexOf('.')));
  }

  /** Returns the methods that H2 finds by a name, as it tells them apart: by their parameters. */
  private static List<Method> methods(String path) throws ReflectiveOperationException {
    return Arrays.stream(type(path).getMethods())
        .filter(method -> method.getName().equals(path.substring(path.lastIndexOf('.') + 1)))
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .sorted(Comparator.comparingInt(Method::getParameterCount))
        .toList();
  }

  private static String error(Method method, Connection connection) throws Exception {
    Object[] arguments = new Object[method.getParameterCount()];
    Arrays.fill(arguments, ValueNull.INSTANCE);
    arguments[0] = connection;
    if (method.isVarArgs()) {
      arguments[arguments.length - 1] = new Value[0];
    }
    try {
      method.invoke(null, arguments);
      return "nothing";
    } catch (InvocationTargetException e) {
      assertThat(e).hasCauseInstanceOf(SQLException.class);
      return String.valueOf(e.getCause() == null ? null : e.getCause().getMessage());
    }
  }
}
