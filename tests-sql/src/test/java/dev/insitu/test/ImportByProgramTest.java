package dev.insitu.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Models that a program hands over: as a stream through the driver, and in plain H2, without the
 * driver, by {@code IMPORT_MODEL}.
 */
class ImportByProgramTest {
  private static final Path MODEL = Path.of("tests-sql/onnx/models/columns_logistic/model.onnx");
  private static final Path MATRIX = Path.of("tests-sql/onnx/models/logistic_binary/model.onnx");
  private static final String CALL = "CALL INSITU.IMPORT_MODEL(?, ?, ?)";
  private static final String VERSIONS =
      "SELECT model_name, version_number FROM INSITU.MODEL_VERSIONS ORDER BY 1, 2";

  private final String database = "mem:" + UUID.randomUUID();
  private Connection plain;

  @BeforeEach
  void open() throws SQLException {
    plain = DriverManager.getConnection("jdbc:h2:" + database, "sa", "");
    execute("CREATE SCHEMA INSITU");
    execute("CREATE ALIAS INSITU.IMPORT_MODEL FOR 'dev.insitu.plain.Functions.importModel'");
  }

  @AfterEach
  void close() throws SQLException {
    plain.close();
  }

  @Test
  void aStreamIsAModel() throws Exception {
    try (Connection connection = driver();
        PreparedStatement create =
            connection.prepareStatement("CREATE MODEL m FROM (SELECT CAST(? AS BLOB))");
        InputStream stream = Files.newInputStream(MODEL)) {
      create.setBinaryStream(1, stream);
      create.execute();
      assertThat(one(connection, "SELECT artifact_bytes FROM INSITU.MODELS"))
          .isEqualTo(Files.size(MODEL));
    }
  }

  @Test
  void theFunctionMakesWhatTheStatementMakes() throws Exception {
    String options =
        "{\"input_columns\": {\"float_input\": [\"a\",\"b\",\"c\",\"d\",\"e\",\"f\",\"g\",\"h\",\"i\",\"j\"]},"
            + " \"labels\": [\"ok\", \"fraud\"], \"label_col\": \"verdict\", \"max_run_seconds\": 7}";
    assertThat(call("bank.\"Fraud\"", MATRIX, options)).isEqualTo("BANK.Fraud@1");
    try (Connection connection = driver()) {
      execute(
          connection,
          "CREATE MODEL bank.other FROM FILE '"
              + MATRIX
              + "' OPTIONS (input_columns = MAP['float_input', ARRAY['a','b','c','d','e','f','g','h','i','j']],"
              + " labels = ARRAY['ok', 'fraud'], label_col = 'verdict', max_run_seconds = 7)");
      String made =
          "SELECT column_role, ordinal_position, column_name, sql_type FROM INSITU.MODEL_COLUMNS"
              + " WHERE model_name = '%s' ORDER BY 1, 2";
      assertThat(ImportedDoorsTest.rows(connection, made.formatted("Fraud")))
          .isNotEmpty()
          .isEqualTo(ImportedDoorsTest.rows(connection, made.formatted("OTHER")));
      assertThat(
              ImportedDoorsTest.rows(
                  connection,
                  "SELECT COUNT(DISTINCT content_sha256), COUNT(*) FROM INSITU.STORED_ATTACHMENTS"))
          .containsExactly(List.of(1L, 2L));
      assertThat(
              one(
                  connection,
                  "SELECT PREDICTION('bank.\"Fraud\"', 15.0, 20, 100, 700, 0.1, 0.1, 0.1, 0.05, 0.2, 0.06)"))
          .isIn("ok", "fraud");
      String created =
          (String)
              ImportedDoorsTest.rows(connection, "SHOW CREATE MODEL bank.\"Fraud\"").get(0).get(1);
      assertThat(created).contains("FROM (SELECT CAST(? AS BLOB))", "max_run_seconds = 7");
      assertThat(
              ImportedDoorsTest.rows(
                  connection,
                  "SELECT state, model_type, user_name FROM INSITU.RUNS ORDER BY run_id"))
          .containsExactly(List.of("succeeded", "onnx", "SA"), List.of("succeeded", "onnx", "SA"));
    }
  }

  @Test
  void theFunctionAddsAVersionAndTakesEachModelOfATable() throws Exception {
    assertThat(call("m", MODEL, null)).isEqualTo("PUBLIC.M@1");
    assertThat(call("m", MODEL, "  ")).isEqualTo("PUBLIC.M@2");
    execute("CREATE TABLE files (id INT, model BLOB)");
    execute("INSERT INTO files SELECT x, FILE_READ('" + MODEL + "') FROM SYSTEM_RANGE(1, 2)");
    assertThat(
            ImportedDoorsTest.rows(
                plain, "SELECT INSITU.IMPORT_MODEL('n' || id, model) FROM files ORDER BY id"))
        .containsExactly(List.of("PUBLIC.N1@1"), List.of("PUBLIC.N2@1"));
  }

  @Test
  void largeValuesArriveWhole() throws Exception {
    // Three million bytes of metadata: more than a VARBINARY of H2 can have.
    byte[] value = new byte[3_000_000];
    java.util.Arrays.fill(value, (byte) 'x');
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(Files.readAllBytes(MODEL));
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    field(entry, 1, new byte[] {'k'});
    field(entry, 2, value);
    field(file, 14, entry.toByteArray());
    try (PreparedStatement call = plain.prepareStatement(CALL)) {
      call.setString(1, "m");
      call.setBinaryStream(2, new ByteArrayInputStream(file.toByteArray()));
      call.setString(3, null);
      try (ResultSet row = call.executeQuery()) {
        assertThat(row.next()).isTrue();
      }
    }
    assertThat(one(plain, "SELECT artifact_bytes FROM INSITU.MODELS"))
        .isEqualTo((long) file.size());
  }

  private static void field(ByteArrayOutputStream to, int number, byte[] bytes) throws Exception {
    to.write(number << 3 | 2);
    int length = bytes.length;
    while (length >= 0x80) {
      to.write(length & 0x7f | 0x80);
      length >>>= 7;
    }
    to.write(length);
    to.write(bytes);
  }

  @Test
  void mistakesAreToldWithCodeAndPlace() throws Exception {
    refused("m", MODEL, "{\"labels\": [\"a\", null]}", "ML026: options: $.labels[1] is null");
    refused(
        "m", MODEL, "{\"labels\": {\"a\": {\"b\": null}}}", "ML026: options: $.labels.a.b is null");
    refused("m", MODEL, "{\"labels\": [\"a\",}", "ML026: options: Unexpected character ('}'");
    refused("m", MODEL, "{\"task\": 1, \"task\": 2}", "ML026: options: Duplicate field 'task'");
    refused("m", MODEL, "{\"task\": \"x\", \"TASK\": 2}", "ML026: options: $.TASK is given twice");
    refused("m", MODEL, "[1]", "ML026: options: a JSON object was expected, but [1] was given");
    refused("m", MODEL, "{} {}", "ML026: options: Trailing token");
    refused("m", MODEL, "{\"lables\": [\"a\"]}", "ML030: option \"lables\" does not exist");
    refused("m", MODEL, "{\"threads\": \"two\"}", "ML031: option \"threads\" must be");
    refused("m", MODEL, "{\"threads\": 1.5}", "ML031: option \"threads\" must be");
    refused("m@2", MODEL, "{}", "ML015: cannot read model name 'm@2'");
    refused("nowhere.m", MODEL, "{}", "ML016: schema \"NOWHERE\" not found");
    refused(null, MODEL, "{}", "ML026: IMPORT_MODEL: the name is NULL");
    refused("m", Path.of("pom.xml"), "{}", "ML070: the given content is not an ONNX model");
    refused(
        "m", MATRIX, "{}", "ML074: input \"float_input\", float[?, 10], needs the names of its");
    assertThatThrownBy(() -> ImportedDoorsTest.rows(plain, "CALL INSITU.IMPORT_MODEL('m', NULL)"))
        .hasMessageContaining("ML026: IMPORT_MODEL: the model is NULL");
    assertThat(one(plain, "SELECT COUNT(*) FROM INSITU.MODELS")).isEqualTo(0L);
  }

  @Test
  void itBelongsToTheCallersTransaction() throws Exception {
    call("kept", MODEL, null);
    execute("CREATE TABLE t (a INT)");
    plain.setAutoCommit(false);
    execute("INSERT INTO t VALUES (1)");
    call("kept", MODEL, null);
    call("gone", MODEL, null);
    refused("gone", MODEL, "[]", "ML026");
    assertThat(ImportedDoorsTest.rows(plain, VERSIONS)).hasSize(3);
    try (Connection beside = DriverManager.getConnection("jdbc:h2:" + database, "sa", "")) {
      assertThat(ImportedDoorsTest.rows(beside, VERSIONS)).hasSize(1);
      assertThat(one(beside, "SELECT COUNT(*) FROM t")).isEqualTo(0L);
    }
    assertThat(plain.getAutoCommit()).isFalse();
    plain.rollback();
    plain.setAutoCommit(true);
    assertThat(ImportedDoorsTest.rows(plain, VERSIONS)).containsExactly(List.of("KEPT", 1));
    assertThat(ImportedDoorsTest.rows(plain, "SELECT state FROM INSITU.RUNS ORDER BY run_id"))
        .containsExactly(List.of("succeeded"), List.of("rolled_back"), List.of("rolled_back"));
    assertThat(one(plain, "SELECT COUNT(*) FROM t")).isEqualTo(0L);
    assertThat(call("kept", MODEL, null)).isEqualTo("PUBLIC.KEPT@2");
  }

  @Test
  void aUserWithoutAdminIsRefused() throws Exception {
    execute("CREATE USER reader PASSWORD 'p'");
    try (Connection reader = DriverManager.getConnection("jdbc:h2:" + database, "reader", "p");
        Statement statement = reader.createStatement()) {
      assertThatThrownBy(() -> statement.execute("CALL INSITU.IMPORT_MODEL('m', X'00', '{}')"))
          .isInstanceOfSatisfying(
              SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("ML005"))
          .hasMessageContaining("IMPORT_MODEL needs ADMIN rights, but user \"READER\" has none");
    }
  }

  @Test
  void itRunsInTheServersProcess() throws Exception {
    Server server = Server.createTcpServer("-tcpPort", "0").start();
    String url = "jdbc:h2:tcp://localhost:" + server.getPort() + "/" + database;
    try (Connection remote = DriverManager.getConnection(url, "sa", "");
        PreparedStatement call = remote.prepareStatement(CALL);
        InputStream stream = Files.newInputStream(MODEL)) {
      call.setString(1, "m");
      call.setBinaryStream(2, stream);
      call.setString(3, "{\"label_col\": \"species\"}");
      try (ResultSet row = call.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("PUBLIC.M@1");
      }
    } finally {
      server.stop();
    }
  }

  private void refused(@Nullable String name, Path model, String options, String message) {
    assertThatThrownBy(() -> call(name, model, options))
        .as(message)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(message.substring(0, 5)))
        .hasMessageContaining(message);
  }

  private String call(@Nullable String name, Path model, @Nullable String options)
      throws Exception {
    if (name != null && name.startsWith("bank.")) {
      execute("CREATE SCHEMA IF NOT EXISTS bank");
    }
    try (PreparedStatement call = plain.prepareStatement(CALL);
        InputStream stream = Files.newInputStream(model)) {
      call.setString(1, name);
      call.setBinaryStream(2, stream);
      call.setString(3, options);
      try (ResultSet row = call.executeQuery()) {
        assertThat(row.next()).isTrue();
        return row.getString(1);
      }
    }
  }

  private Connection driver() throws SQLException {
    return DriverManager.getConnection("jdbc:insitu:h2:" + database, "sa", "");
  }

  private void execute(String sql) throws SQLException {
    execute(plain, sql);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Object one(Connection connection, String sql) throws SQLException {
    return ImportedDoorsTest.rows(connection, sql).get(0).get(0);
  }
}
