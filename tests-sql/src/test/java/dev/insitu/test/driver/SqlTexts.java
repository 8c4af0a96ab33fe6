package dev.insitu.test.driver;

import java.util.List;
import java.util.Random;

/** Texts of statements, drawn from a seed. {@code #} becomes a small number. */
class SqlTexts {
  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM everything",
          "SELECT * FROM everything WHERE id = #",
          "SELECT * FROM everything ORDER BY id DESC",
          "TABLE items",
          "SELECT * FROM items ORDER BY id",
          "SELECT id, name, price FROM items WHERE id <= #",
          "SELECT id, name AS \"Name\", price * 2 AS twice, 'x' FROM items ORDER BY name",
          "SELECT i.id, i.name, p.label FROM items i LEFT JOIN parts p ON p.item = i.id ORDER BY 1, 3",
          "SELECT COUNT(*), SUM(price), AVG(id), ARRAY_AGG(name ORDER BY id) FROM items",
          "SELECT name, ROW_NUMBER() OVER (ORDER BY id) FROM items",
          "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r WHERE n < #) SELECT * FROM r",
          "SELECT * FROM big WHERE id < #0",
          "SELECT * FROM big",
          "SELECT * FROM priced",
          "SELECT * FROM other.items",
          "SELECT predict, train FROM model",
          "SELECT * FROM model WHERE train LIKE '%PREDICT(%' -- PREDICT(MODEL => 'm', DATA => TABLE t)",
          "SELECT train(-#) /* CREATE MODEL m AS SELECT 1 */",
          "SELECT * FROM items FOR UPDATE",
          "VALUES (1, 'a'), (2, NULL)",
          "CALL # + 1",
          "CALL rows_of(#)",
          "CALL same_text('text')",
          "{call number(#)}",
          "SELECT {fn UCASE(name)}, {d '2013-10-01'}, {ts '2013-10-01 12:30:00'} FROM items",
          "EXPLAIN SELECT * FROM items WHERE id = #",
          "EXPLAIN SELECT * FROM model",
          "SCRIPT NODATA NOSETTINGS NOPASSWORDS",
          "SHOW TABLES",
          "SHOW COLUMNS FROM items",
          "SELECT NEXT VALUE FOR numbers",
          "SELECT ANSWER, CURRENT_SCHEMA, CURRENT_USER",
          "SELECT TABLE_SCHEMA, TABLE_NAME, ROW_COUNT_ESTIMATE FROM INFORMATION_SCHEMA.TABLES WHERE TABLE_SCHEMA = 'PUBLIC' ORDER BY TABLE_NAME",
          "SELECT X FROM SYSTEM_RANGE(1, #)",
          "SELECT * FROM rows_of(#)",
          "SELECT c_array, c_row, c_json FROM everything WHERE c_array IS NOT NULL",
          "SELECT REPEAT('long ', 2000) AS long_text, CAST(REPEAT('ab', 3000) AS BLOB) AS long_bytes",
          "SELECT * FROM FINAL TABLE (INSERT INTO items(name) VALUES ('final'))");

  private static final List<String> UPDATES =
      List.of(
          "INSERT INTO items(name, price) VALUES ('new', #.5)",
          "INSERT INTO items(name, price) VALUES ('a', 1), ('b', #)",
          "INSERT INTO items(id, name) VALUES (#, 'given')",
          "INSERT INTO items DEFAULT VALUES",
          "INSERT INTO parts VALUES (#, #, 'p#')",
          "INSERT INTO everything(id, c_varchar) VALUES (1#, 'more')",
          "INSERT INTO model(predict) VALUES (#)",
          "UPDATE items SET price = price + 1 WHERE id > #",
          "UPDATE items SET text = 'changed', data = X'0A0B' WHERE id = #",
          "UPDATE items SET name = NULL WHERE id = #",
          "UPDATE everything SET c_integer = c_integer + 1, c_array = ARRAY[#] WHERE id = #",
          "UPDATE model SET predict = predict + 1",
          "DELETE FROM items WHERE id = #",
          "DELETE FROM parts WHERE number = #",
          "DELETE FROM model",
          "MERGE INTO items(id, name) KEY(id) VALUES (#, 'merged')",
          "MERGE INTO other.items o USING items i ON o.id = i.id WHEN NOT MATCHED THEN INSERT VALUES (i.id, 'm')",
          "INSERT INTO other.items SELECT id + 10#, SUBSTRING(name, 1, 5) FROM items",
          "SET @v = #",
          "SET SCHEMA PUBLIC",
          "SET SCHEMA other",
          "SAVEPOINT s#",
          "ROLLBACK TO SAVEPOINT s#",
          "COMMIT",
          "ROLLBACK",
          "CREATE TABLE made#(id INT, name VARCHAR(10))",
          "CREATE TABLE IF NOT EXISTS made#(id INT)",
          "CREATE LOCAL TEMPORARY TABLE temporary#(id INT)",
          "DROP TABLE IF EXISTS made#",
          "DROP TABLE made#",
          "ALTER TABLE items ADD COLUMN IF NOT EXISTS extra# INT",
          "CREATE INDEX IF NOT EXISTS by_price ON items(price)",
          "ANALYZE",
          "TRUNCATE TABLE model",
          "CREATE VIEW IF NOT EXISTS view# AS SELECT id FROM items",
          "DROP VIEW IF EXISTS view#",
          "PREPARE COMMIT \"tx#\"",
          "COMMIT TRANSACTION \"tx#\"",
          "ROLLBACK TRANSACTION \"tx#\"");

  private static final List<String> ODD =
      List.of(
          "SELEC 1",
          "SELECT * FROM nowhere",
          "SELECT nothing FROM items",
          "SELECT 1 / 0",
          "SELECT CAST('x' AS INT)",
          "CALL failing('on purpose')",
          "INSERT INTO items(id, name) VALUES (1, 'twice')",
          "INSERT INTO parts VALUES (99, 1, 'none')",
          "INSERT INTO everything(id, c_grade) VALUES (77, 9)",
          "INSERT INTO items(name) VALUES ('much too long for this column')",
          "SELECT 'open",
          "SELECT {fn UCASE('x')",
          "SELECT }",
          "",
          ";",
          "-- nothing",
          "SELECT ?",
          "SELECT 1; SELECT 2",
          "INSERT INTO model VALUES (1, 'a'); INSERT INTO model VALUES (2, 'b'); SELECT * FROM model",
          "SELECT 1; SELEC 2",
          "DROP TABLE items RESTRICT",
          "SELECT \"PREDICT(\" FROM (SELECT 1 AS \"PREDICT(\")",
          "SELECT $$ PREDICT('m') $$",
          "SELECT 'PREDICT(MODEL => ''m'', DATA => TABLE t)'",
          "SELECT * FROM predict",
          "SELECT predict(1)",
          "UPDATE model SET train = 'CREATE MODEL'",
          "@LOOP 3 SELECT 1");

  private static final List<String> PREPARED =
      List.of(
          "SELECT * FROM everything WHERE id = ?",
          "SELECT * FROM items WHERE id > ? AND name LIKE ? ORDER BY id",
          "SELECT ?, CAST(? AS VARCHAR), ? + 1",
          "SELECT CAST(? AS INT), CAST(? AS TIMESTAMP), CAST(? AS JSON), CAST(? AS BLOB), CAST(? AS INT ARRAY)",
          "INSERT INTO items(name, price, at, data, text) VALUES (?, ?, ?, ?, ?)",
          "INSERT INTO parts VALUES (?, ?, ?)",
          "INSERT INTO everything(id, c_array, c_json, c_uuid, c_object, c_boolean) VALUES (?, ?, ?, ?, ?, ?)",
          "UPDATE items SET name = ?, text = ? WHERE id = ?",
          "UPDATE everything SET c_clob = ?, c_blob = ?, c_timestamptz = ? WHERE id = ?",
          "UPDATE everything SET c_day = ?, c_enum = ?, c_geometry = ?, c_decfloat = ? WHERE id = ?",
          "DELETE FROM items WHERE id = ?",
          "MERGE INTO items(id, name) KEY(id) VALUES (?, ?)",
          "INSERT INTO model VALUES (?, ?)",
          "SELECT * FROM model WHERE predict = ?1 OR predict = ?1 + ?2",
          "CALL number(?)",
          "CALL rows_of(?)",
          "SELECT * FROM SYSTEM_RANGE(1, ?) LIMIT ?",
          "{call same_text(?)}",
          "EXPLAIN SELECT * FROM items WHERE id = ?");

  private static final List<String> CALLS =
      List.of(
          "{? = call number(?)}",
          "{? = call same_text(?)}",
          "{? = call same_decimal(?)}",
          "{? = call same_id(?)}",
          "{call number(?)}",
          "CALL rows_of(?)",
          "SELECT * FROM everything WHERE id = ?",
          "INSERT INTO items(name, price) VALUES (?, ?)",
          "SELECT ? AS a, ? AS b",
          "SELECT id, name, price FROM items WHERE id = ? OR name = ?");

  /** Returns a text that is the same for both. */
  static String ofDatabase(Random random) {
    return drawn(Values.one(List.of(QUERIES, UPDATES, ODD, PREPARED, CALLS), random), random);
  }

  Sql query(Random random) {
    return Sql.same(drawn(QUERIES, random));
  }

  Sql update(Random random) {
    return Sql.same(drawn(UPDATES, random));
  }

  Sql odd(Random random) {
    return Sql.same(drawn(ODD, random));
  }

  Sql prepared(Random random) {
    return Sql.same(drawn(PREPARED, random));
  }

  Sql call(Random random) {
    return Sql.same(drawn(CALLS, random));
  }

  /**
   * A query of more rows than it will return, since something happens in the middle.
   *
   * @param expression what happens, for a row of a number {@code id}
   */
  Sql slow(String expression, Random random) {
    String rows = "(SELECT X AS id FROM SYSTEM_RANGE(1, 900))";
    return Sql.same(
        random.nextBoolean()
            ? "SELECT id, PUBLIC." + expression + " FROM " + rows
            : "SELECT MAX(PUBLIC." + expression + ") FROM " + rows + " WHERE id > 0");
  }

  final Sql any(Random random) {
    int dice = random.nextInt(20);
    return dice < 9
        ? query(random)
        : dice < 16 ? update(random) : dice < 18 ? odd(random) : prepared(random);
  }

  static String drawn(List<String> texts, Random random) {
    return texts.get(random.nextInt(texts.size())).replace("#", "" + (1 + random.nextInt(5)));
  }
}
