package dev.insitu.calcite;

import dev.insitu.calcite.ddl.CallSource;
import dev.insitu.calcite.ddl.MlStatement;
import dev.insitu.calcite.ddl.TableCall;
import dev.insitu.calcite.parser.InsituParser;
import dev.insitu.calcite.parser.ParseException;
import dev.insitu.calcite.parser.TokenMgrError;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import dev.insitu.jdbc.text.SqlTokens;
import dev.insitu.jdbc.text.Token;
import dev.insitu.jdbc.text.TokenRange;
import dev.insitu.model.ModelText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.util.SourceStringReader;
import org.jspecify.annotations.Nullable;

/**
 * Has the generated parser read a piece of a text. The parser sees blanks in place of all else, and
 * {@code ?} in place of a query, so that its positions are those of the original text.
 */
final class GrammarReader {
  private static final int MOST_EXPECTED = 8;

  private GrammarReader() {}

  static MlStatement statement(
      SqlTokens tokens, TokenRange range, @Nullable TokenRange query, CallSource source) {
    return parse(tokens, range, query, parser -> parser.ModelStatementEof(source));
  }

  static TableCall tableCall(
      SqlTokens tokens, TokenRange range, @Nullable TokenRange query, CallSource source) {
    return parse(tokens, range, query, parser -> parser.TableArgumentsEof(source));
  }

  static ModelText model(SqlTokens tokens, TokenRange range) {
    return parse(tokens, range, null, InsituParser::ModelArgumentEof);
  }

  static String string(SqlTokens tokens, TokenRange range) {
    return parse(tokens, range, null, InsituParser::StringEof);
  }

  private interface Production<T> {
    T parse(InsituParser parser) throws ParseException;
  }

  private static <T> T parse(
      SqlTokens tokens, TokenRange range, @Nullable TokenRange query, Production<T> production) {
    String text = visible(tokens, range, query);
    InsituParser parser = new InsituParser(new SourceStringReader(text));
    parser.setTabSize(1);
    parser.setUnquotedCasing(Casing.UNCHANGED);
    parser.setQuotedCasing(Casing.UNCHANGED);
    parser.setIdentifierMaxLength(SqlParser.DEFAULT_IDENTIFIER_MAX_LENGTH);
    parser.setConformance(SqlConformanceEnum.BABEL);
    parser.switchTo(SqlAbstractParserImpl.LexicalState.DQID);
    try {
      return production.parse(parser);
    } catch (ParseException e) {
      throw error(tokens, range, e).withCause(e);
    } catch (TokenMgrError e) {
      throw SyntaxErrors.at(
              tokens.sql(), tokens.startOf(range.from()), "a character cannot be read here")
          .withCause(e);
    }
  }

  /** Returns a text of the same length and lines that shows the range alone. */
  private static String visible(SqlTokens tokens, TokenRange range, @Nullable TokenRange query) {
    String sql = tokens.sql();
    char[] text = new char[tokens.startOf(range.to())];
    for (int i = 0; i < text.length; i++) {
      text[i] = sql.charAt(i) == '\n' ? '\n' : ' ';
    }
    for (int i = range.from(); i < range.to(); i++) {
      Token token = tokens.get(i);
      if (query != null && i == query.from()) {
        text[token.start()] = '?';
        i = query.to() - 1;
      } else {
        String image = image(tokens.text(i), token.kind());
        image.getChars(0, image.length(), text, token.start());
      }
    }
    return new String(text);
  }

  /** H2's back-ticks and dollar strings as the grammar knows them, not longer than they were. */
  private static String image(String token, Token.Kind kind) {
    if (kind == Token.Kind.QUOTED && token.startsWith("`")) {
      return token.indexOf('"') < 0 ? token.replace('`', '"') : token;
    }
    if (kind == Token.Kind.STRING && token.startsWith("$$")) {
      String string = "'" + token.substring(2, token.length() - 2).replace("'", "''") + "'";
      return string.length() <= token.length() ? string : token;
    }
    return token;
  }

  private static MlException error(SqlTokens tokens, TokenRange range, ParseException e) {
    if (e.currentToken == null || e.currentToken.next == null) {
      return SyntaxErrors.at(tokens.sql(), tokens.startOf(range.from()), "it cannot be read");
    }
    dev.insitu.calcite.parser.Token found = e.currentToken.next;
    List<String> expected = expected(e);
    String wanted =
        expected.isEmpty() || expected.size() > MOST_EXPECTED
            ? ""
            : ", expected " + String.join(" or ", expected);
    boolean end = found.kind == dev.insitu.calcite.parser.InsituParserConstants.EOF;
    if (end) {
      String what =
          tokens.isSymbol(range.to(), ")") ? SyntaxErrors.quoted(")") : "the end of the statement";
      return SyntaxErrors.at(tokens.sql(), tokens.startOf(range.to()), "found " + what + wanted);
    }
    MlException error =
        SyntaxErrors.at(
            found.beginLine,
            found.beginColumn,
            "found " + SyntaxErrors.quoted(found.image) + wanted);
    return NearestName.of(found.image, expected)
        .map(name -> error.withHint("Did you mean " + name + "?"))
        .orElse(error);
  }

  /** Returns what the parser could have gone on with, in readable form, in a stable order. */
  private static List<String> expected(ParseException e) {
    Set<String> names = new LinkedHashSet<>();
    if (e.expectedTokenSequences != null) {
      for (int[] sequence : e.expectedTokenSequences) {
        if (sequence.length > 0) {
          names.add(readable(e.tokenImage[sequence[0]]));
        }
      }
    }
    List<String> list = new ArrayList<>(names);
    list.sort(null);
    return list;
  }

  private static String readable(String image) {
    if (image.startsWith("\"") && image.length() > 2) {
      String word = image.substring(1, image.length() - 1);
      return word.equals("?") ? "a query" : Character.isLetter(word.charAt(0)) ? word : image;
    }
    return switch (image) {
      case "<EOF>" -> "the end";
      case "<QUOTED_STRING>", "<BIG_QUERY_QUOTED_STRING>", "<BIG_QUERY_DOUBLE_QUOTED_STRING>" ->
          "a string";
      case "<UNSIGNED_INTEGER_LITERAL>", "<DECIMAL_NUMERIC_LITERAL>", "<APPROX_NUMERIC_LITERAL>" ->
          "a number";
      default -> "a name";
    };
  }
}
