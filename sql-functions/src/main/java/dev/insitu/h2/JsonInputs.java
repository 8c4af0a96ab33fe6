package dev.insitu.h2;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ColumnSpec;
import dev.insitu.model.ColumnType;
import dev.insitu.operation.ScalarPrediction;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.h2.engine.SessionLocal;
import org.h2.util.json.JSONArray;
import org.h2.util.json.JSONBoolean;
import org.h2.util.json.JSONNull;
import org.h2.util.json.JSONNumber;
import org.h2.util.json.JSONObject;
import org.h2.util.json.JSONString;
import org.h2.util.json.JSONValue;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueArray;
import org.h2.value.ValueBoolean;
import org.h2.value.ValueDecfloat;
import org.h2.value.ValueDouble;
import org.h2.value.ValueJson;
import org.h2.value.ValueNull;
import org.h2.value.ValueVarchar;
import org.jspecify.annotations.Nullable;

/**
 * The inputs of a model in one JSON object, bound by name, ignoring case: {@code JSON_OBJECT('age':
 * 30, 'region': 'EU')}. Fields that are no inputs are passed over, as are columns of {@code
 * PREDICT}'s data. A field has the value of the column of which H2 would have made it. Confined to
 * the thread of the session.
 */
final class JsonInputs {
  private final SessionLocal session;
  private final ScalarPrediction scalar;
  private final List<ColumnSpec> inputs;

  /** The inputs' types, made when the first value comes. */
  private TypeInfo @Nullable [] types;

  private List<String> names = List.of();
  private int[] places = {};
  private @Nullable ValueJson last;
  private Value @Nullable [] lastRow;

  JsonInputs(SessionLocal session, ScalarPrediction scalar) {
    this.session = session;
    this.scalar = scalar;
    this.inputs = scalar.version().model().signature().inputs();
  }

  /** Says that another statement asks from now on, maybe in another time zone. */
  void begin() {
    last = null;
    lastRow = null;
  }

  /**
   * Returns the inputs in signature order; null for JSON's null.
   *
   * @throws MlException ARGUMENT for what is no object, COLUMN_MISSING, COLUMN_TYPE
   */
  @SuppressWarnings("ReferenceEquality") // the very same value has the very same inputs
  Value @Nullable [] row(ValueJson json) {
    if (json != last) {
      lastRow = read(json);
      last = json;
    }
    return lastRow;
  }

  private Value @Nullable [] read(ValueJson json) {
    JSONValue decomposed = json.getDecomposition();
    if (decomposed instanceof JSONNull) {
      return null;
    } else if (!(decomposed instanceof JSONObject object)) {
      throw MlException.of(
              ErrorCode.ARGUMENT,
              "PREDICTION",
              "a JSON object was expected, but " + shortened(json.getString()) + " was given")
          .withHint(
              "Write JSON_OBJECT('" + inputs.get(0).name() + "': …), a field for each input.");
    } else {
      return bind(object.getMembers());
    }
  }

  private Value[] bind(Map.Entry<String, JSONValue>[] members) {
    List<String> given = new ArrayList<>(members.length);
    for (Map.Entry<String, JSONValue> member : members) {
      given.add(member.getKey());
    }
    if (!given.equals(names)) {
      places = scalar.byName(given).stream().mapToInt(Integer::intValue).toArray();
      names = given;
    }
    Value[] row = new Value[places.length];
    for (int i = 0; i < row.length; i++) {
      row[i] = value(i, members[places[i]].getValue());
    }
    return row;
  }

  private Value value(int input, JSONValue json) {
    if (json instanceof JSONNull) {
      return ValueNull.INSTANCE;
    }
    ColumnType type = inputs.get(input).type();
    if (json instanceof JSONNumber number) {
      ValueDecfloat exact = ValueDecfloat.get(number.getBigDecimal());
      if (type.form() == ColumnType.Form.NUMBER) {
        // As H2 has made it of a column of this type; a fraction is not cut off for a whole number.
        return type == ColumnType.REAL ? exact.convertTo(types()[input], session) : exact;
      }
    } else if (json instanceof JSONBoolean truth) {
      if (type.form() == ColumnType.Form.BOOLEAN || type.form() == ColumnType.Form.NUMBER) {
        return ValueBoolean.get(truth.getBoolean());
      }
    } else if (json instanceof JSONString text) {
      switch (type.form()) {
        case TEXT:
          return type == ColumnType.CHAR
              ? ValueVarchar.get(text.getString()).castTo(types()[input], session)
              : ValueVarchar.get(text.getString());
        case DATE, TIME, TIMESTAMP:
          return ValueVarchar.get(text.getString()).convertTo(types()[input], session);
        default:
      }
    } else if (json instanceof JSONArray array && type.form() == ColumnType.Form.VECTOR) {
      return vector(input, array);
    }
    throw wrong(input, json);
  }

  private ValueArray vector(int input, JSONArray array) {
    Value[] elements = new Value[array.length()];
    for (int i = 0; i < elements.length; i++) {
      JSONValue element = array.getElement(i);
      if (element instanceof JSONNumber number) {
        elements[i] = ValueDouble.get(number.getBigDecimal().doubleValue());
      } else if (element instanceof JSONNull) {
        elements[i] = ValueNull.INSTANCE;
      } else {
        throw wrong(input, element);
      }
    }
    return ValueArray.get(TypeInfo.TYPE_DOUBLE, elements, session);
  }

  private TypeInfo[] types() {
    TypeInfo[] known = types;
    if (known == null) {
      known =
          inputs.stream()
              .map(input -> H2Types.parse(session, input.sqlType()))
              .toArray(TypeInfo[]::new);
      types = known;
    }
    return known;
  }

  private MlException wrong(int input, JSONValue json) {
    ColumnSpec expected = inputs.get(input);
    String kind = json.getClass().getSimpleName().substring(4).toLowerCase(Locale.ROOT);
    return MlException.of(
        ErrorCode.COLUMN_TYPE,
        expected.name(),
        scalar.version().name(),
        expected.sqlType(),
        "a JSON " + kind);
  }

  private static String shortened(String json) {
    return json.length() <= 80 ? json : json.substring(0, 80) + "…";
  }
}
