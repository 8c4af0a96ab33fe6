package dev.insitu.test.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.io.Writer;
import java.lang.reflect.Array;
import java.nio.charset.StandardCharsets;
import java.sql.BatchUpdateException;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.transaction.xa.XAException;
import javax.transaction.xa.Xid;
import javax.xml.transform.Source;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMResult;
import javax.xml.transform.sax.SAXResult;
import javax.xml.transform.stax.StAXResult;
import javax.xml.transform.stream.StreamResult;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what came of a call, with the class of every value; streams are read to their end.
 */
final class Outcome {
  private Outcome() {}

  static String describe(@Nullable Object value) {
    try {
      return described(value);
    } catch (IOException | TransformerException | RuntimeException e) {
      return "while reading: " + error(e);
    }
  }

  private static String described(@Nullable Object value) throws IOException, TransformerException {
    if (value == null) {
      return "null";
    } else if (value instanceof String text) {
      return '"' + text + '"';
    } else if (value instanceof Throwable e) {
      return error(e);
    } else if (value instanceof byte[] bytes) {
      return "bytes " + new String(bytes, StandardCharsets.ISO_8859_1);
    } else if (value.getClass().isArray()) {
      return value.getClass().getSimpleName()
          + IntStream.range(0, Array.getLength(value))
              .mapToObj(i -> describe(Array.get(value, i)))
              .collect(Collectors.joining(", ", "[", "]"));
    } else if (value instanceof Xid xid) {
      return "xid " + HexFormat.of().formatHex(xid.getGlobalTransactionId());
    } else if (value instanceof InputStream stream) {
      return "stream " + new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1);
    } else if (value instanceof Reader reader) {
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return "reader " + described(text.toString());
    } else if (value instanceof OutputStream stream) {
      stream.write("<w>written</w>".getBytes(StandardCharsets.UTF_8));
      stream.close();
      return "output stream";
    } else if (value instanceof Writer writer) {
      writer.write("<w>written</w>");
      writer.close();
      return "writer";
    } else if (value instanceof Source source) {
      StringWriter text = new StringWriter();
      TransformerFactory.newInstance().newTransformer().transform(source, new StreamResult(text));
      return "source " + text;
    } else if (value instanceof StreamResult result) {
      return "result "
          + described(result.getWriter() == null ? result.getOutputStream() : result.getWriter());
    } else if (value instanceof DOMResult
        || value instanceof SAXResult
        || value instanceof StAXResult) {
      return value.getClass().getSimpleName();
    } else if (value instanceof Map<?, ?> map) {
      return value.getClass().getSimpleName() + new TreeMap<>(map);
    }
    String name = value.getClass().getName();
    boolean plain =
        name.startsWith("java.") || value instanceof Enum<?> || name.equals("org.h2.api.Interval");
    return Kinds.of(value).isEmpty() && plain
        ? value.getClass().getSimpleName() + ' ' + value
        : kind(value);
  }

  /** Returns what an object is; for objects of JDBC under which interfaces it can be called. */
  static String kind(Object value) {
    return Kinds.of(value).isEmpty()
        ? value.getClass().getName()
        : "a "
            + Kinds.of(value).stream().map(Class::getSimpleName).collect(Collectors.joining(" "));
  }

  private static String error(Throwable error) {
    StringJoiner text = new StringJoiner("; ");
    SQLException next = null;
    if (error instanceof SQLException e) {
      text.add(e.getClass().getName());
      text.add(e.getSQLState() + " " + e.getErrorCode());
      next = e.getNextException();
    } else if (error instanceof XAException e) {
      text.add(e.getClass().getName());
      text.add("" + e.errorCode);
    } else {
      text.add(error.getClass().getName());
    }
    text.add("" + error.getMessage());
    if (error instanceof BatchUpdateException e) {
      text.add(Arrays.toString(e.getUpdateCounts()));
      text.add(Arrays.toString(e.getLargeUpdateCounts()));
    } else if (error instanceof SQLClientInfoException e) {
      text.add("" + new TreeMap<>(e.getFailedProperties()));
    }
    if (error.getCause() != null && error.getCause() != error) {
      text.add("caused by " + error.getCause().getClass().getName());
    }
    if (next != null) {
      text.add("next " + error(next));
    }
    return text.toString();
  }
}
