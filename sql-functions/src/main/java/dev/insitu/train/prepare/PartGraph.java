package dev.insitu.train.prepare;

import dev.insitu.model.ColumnType.Form;
import dev.insitu.onnx.GraphBuilder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Writes the parts of one date or time input as graph nodes, with the operations of {@link
 * Part#of(Form, double)} in the same order. Confined to one thread.
 */
final class PartGraph {
  private final GraphBuilder graph;
  private final String raw;
  private final Form form;
  private final Map<Part, String> calendar = new EnumMap<>(Part.class);

  PartGraph(GraphBuilder graph, String raw, Form form) {
    this.graph = graph;
    this.raw = raw;
    this.form = form;
  }

  String part(Part part) {
    return switch (part) {
      case VALUE -> raw;
      case HOUR -> hour(time());
      case MINUTE -> {
        String time = time();
        String hours = times(hour(time), Part.MICROS_PER_HOUR);
        yield floorOf(minus(time, hours), Part.MICROS_PER_MINUTE);
      }
      case DAY_OF_WEEK -> {
        String shifted = plus(days(), 4);
        yield plus(minus(shifted, times(floorOf(shifted, 7), 7)), 1);
      }
      case YEAR, MONTH, DAY -> calendar(part);
    };
  }

  private String time() {
    return minus(raw, times(floorOf(raw, Part.MICROS_PER_DAY), Part.MICROS_PER_DAY));
  }

  private String hour(String time) {
    return floorOf(time, Part.MICROS_PER_HOUR);
  }

  private String days() {
    return form == Form.TIMESTAMP ? floorOf(raw, Part.MICROS_PER_DAY) : raw;
  }

  private String calendar(Part part) {
    if (calendar.isEmpty()) {
      String z = plus(days(), Part.EPOCH_DAYS);
      String era = floorOf(z, Part.DAYS_PER_ERA);
      String doe = minus(z, times(era, Part.DAYS_PER_ERA));
      String corrected =
          minus(
              node("Add", minus(doe, floorOf(doe, 1460)), floorOf(doe, 36_524)),
              floorOf(doe, 146_096));
      String yoe = floorOf(corrected, 365);
      String doy =
          minus(doe, minus(node("Add", times(yoe, 365), floorOf(yoe, 4)), floorOf(yoe, 100)));
      String mp = floorOf(plus(times(doy, 5), 2), 153);
      String late = floorOf(mp, 10);
      calendar.put(Part.YEAR, node("Add", node("Add", yoe, times(era, 400)), late));
      calendar.put(Part.MONTH, minus(plus(mp, 3), times(late, 12)));
      calendar.put(Part.DAY, plus(minus(doy, floorOf(plus(times(mp, 153), 2), 5)), 1));
    }
    String value = calendar.get(part);
    if (value == null) {
      throw new IllegalArgumentException(part + " is no part of a date");
    }
    return value;
  }

  private String floorOf(String value, double divisor) {
    return graph.node("Floor", List.of(node("Div", value, scalar(divisor))));
  }

  private String times(String value, double factor) {
    return node("Mul", value, scalar(factor));
  }

  private String plus(String value, double addend) {
    return node("Add", value, scalar(addend));
  }

  private String minus(String a, String b) {
    return node("Sub", a, b);
  }

  private String node(String operator, String a, String b) {
    return graph.node(operator, List.of(a, b));
  }

  private String scalar(double value) {
    return graph.doubles(new double[] {value});
  }
}
