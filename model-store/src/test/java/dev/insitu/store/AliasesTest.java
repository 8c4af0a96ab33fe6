package dev.insitu.store;

import static dev.insitu.store.JdbiModelStoreTest.refuses;
import static dev.insitu.store.Samples.CHURN;
import static dev.insitu.store.Samples.CLOCK;
import static dev.insitu.store.Samples.DEFAULT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelAlias;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelText;
import dev.insitu.store.ModelStore.Existing;
import dev.insitu.store.TwoConnections.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AliasesTest {
  private static final Selector CHAMPION = new Selector.Alias("CHAMPION");

  @TempDir Path folder;

  /** Makes versions 1 to {@code count} of CHURN, committed. */
  private static JdbiModelStore withVersions(TwoConnections session, int count)
      throws SQLException {
    JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
    store.prepareForWriting();
    for (int i = 1; i <= count; i++) {
      store.publish(CHURN, Samples.regression("" + i), i, Existing.ADD_VERSION);
    }
    session.user.commit();
    return store;
  }

  private static boolean set(JdbiModelStore store, String alias, int version) {
    return store.alter(CHURN, new ModelChange.SetAlias(alias, version));
  }

  private static int number(JdbiModelStore store, Selector selector) {
    return store.find(CHURN, selector).orElseThrow().number();
  }

  @Test
  void anAliasLeadsToTheVersionThatItWasSetTo() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = withVersions(session, 3);
      assertThat(set(store, "CHAMPION", 1)).isTrue();
      assertThat(set(store, "b", 1)).isTrue();
      assertThat(number(store, CHAMPION)).isEqualTo(1);
      assertThat(set(store, "CHAMPION", 3)).isTrue();
      assertThat(set(store, "CHAMPION", 3)).isFalse();
      assertThat(number(store, CHAMPION)).isEqualTo(3);
      assertThat(store.findId(CHURN, CHAMPION)).isEqualTo(store.findId(CHURN, DEFAULT));
      assertThat(store.aliases(CHURN))
          .containsExactly(new ModelAlias("CHAMPION", 3), new ModelAlias("b", 1));
      assertThat(store.list().get(0).aliases()).isEqualTo(store.aliases(CHURN));
      assertThat(
              Rows.all(
                  session.user,
                  "SELECT MODEL_NAME, ALIAS_NAME, VERSION_NUMBER, SET_BY FROM INSITU.MODEL_ALIASES"
                      + " ORDER BY ALIAS_NAME"))
          .containsExactly("CHURN|CHAMPION|3|SA", "CHURN|b|1|SA");
      assertThat(store.alter(CHURN, new ModelChange.DropAlias("b", false))).isTrue();
      assertThat(store.alter(CHURN, new ModelChange.DropAlias("b", true))).isFalse();
      refuses(ErrorCode.ALIAS_NOT_FOUND, () -> store.find(CHURN, new Selector.Alias("b")));
    }
  }

  @Test
  void twoModelsHaveAnAliasOfTheSameNameEach() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = withVersions(session, 2);
      ModelName other = new ModelName("S", "CHURN");
      long third = store.publish(other, Samples.regression("3"), 3, Existing.REFUSE).id();
      set(store, "CHAMPION", 2);
      store.alter(other, new ModelChange.SetAlias("CHAMPION", 1));
      assertThat(number(store, CHAMPION)).isEqualTo(2);
      assertThat(store.findId(other, CHAMPION)).contains(third);
      store.drop(other, OptionalInt.empty(), false);
      assertThat(number(store, CHAMPION)).isEqualTo(2);
    }
  }

  @Test
  void theDefaultVersionCanBeAnyThatThereIs() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = withVersions(session, 2);
      assertThat(store.alter(CHURN, new ModelChange.SetDefault(1))).isTrue();
      assertThat(store.alter(CHURN, new ModelChange.SetDefault(1))).isFalse();
      assertThat(number(store, DEFAULT)).isEqualTo(1);
      assertThat(store.list().get(0).defaultVersion()).isEqualTo(1);
      assertThat(store.publish(CHURN, Samples.regression("3"), 3, Existing.ADD_VERSION).number())
          .isEqualTo(3);
      assertThat(number(store, DEFAULT)).isEqualTo(3);
      refuses(ErrorCode.VERSION_NOT_FOUND, () -> store.alter(CHURN, new ModelChange.SetDefault(4)))
          .hasMessage("ML012: model \"PUBLIC.CHURN\" has no version 4; it has 1, 2, 3");
    }
  }

  @Test
  void saysWhatIsMissing() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = withVersions(session, 1);
      refuses(ErrorCode.ALIAS_NOT_FOUND, () -> store.findId(CHURN, CHAMPION))
          .hasMessage(
              "ML013: model \"PUBLIC.CHURN\" has no alias \"CHAMPION\"\n"
                  + "Hint: It has none: ALTER MODEL … SET ALIAS, or INSITU.SET_ALIAS, makes one.");
      set(store, "CHAMPION", 1);
      set(store, "SHADOW", 1);
      refuses(ErrorCode.ALIAS_NOT_FOUND, () -> store.findId(CHURN, new Selector.Alias("CHAMPOIN")))
          .hasMessageEndingWith("Hint: Did you mean \"CHAMPION\"?");
      refuses(
              ErrorCode.ALIAS_NOT_FOUND,
              () -> store.alter(CHURN, new ModelChange.DropAlias("BEST", false)))
          .hasMessageEndingWith("no alias \"BEST\"\nHint: It has CHAMPION, SHADOW.");
      refuses(ErrorCode.VERSION_NOT_FOUND, () -> set(store, "CHAMPION", 2));
      refuses(
          ErrorCode.MODEL_NOT_FOUND,
          () -> store.alter(new ModelName("S", "M"), new ModelChange.SetDefault(1)));
      assertThat(store.findId(new ModelName("S", "M"), CHAMPION)).isEmpty();
      assertThat(number(store, CHAMPION)).isEqualTo(1);
    }
  }

  @Test
  void aNumberAndNothingAreNoNames() {
    for (String name : List.of("3", "\"003\"", "\"\"")) {
      assertThatThrownBy(() -> new ModelChange.SetAlias(name, 1))
          .as(name)
          .isInstanceOfSatisfying(
              MlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.ALIAS_NAME));
    }
    assertThat(new ModelChange.SetAlias("\"3 b\"", 1).resolve(ModelText::unquoted))
        .isEqualTo(new ModelChange.SetAlias("3 b", 1));
  }

  @Test
  void aVersionStaysAsLongAsAnAliasNamesIt() throws SQLException {
    try (var session = TwoConnections.administrator(TwoConnections.memory())) {
      JdbiModelStore store = withVersions(session, 3);
      set(store, "CHAMPION", 2);
      set(store, "SHADOW", 2);
      set(store, "OTHER", 3);
      refuses(ErrorCode.IN_USE, () -> store.drop(CHURN, OptionalInt.of(2), false))
          .hasMessageStartingWith(
              "ML086: model \"PUBLIC.CHURN\" version 2 is used by aliases CHAMPION, SHADOW\nHint: ");
      assertThat(store.versions(CHURN)).containsExactly(1, 2, 3);
      assertThat(store.drop(CHURN, OptionalInt.of(1), false)).isEqualTo(1);
      assertThat(store.drop(CHURN, OptionalInt.of(2), true)).isEqualTo(1);
      assertThat(store.aliases(CHURN)).containsExactly(new ModelAlias("OTHER", 3));
      // The last version is the model, but here it was named.
      refuses(ErrorCode.IN_USE, () -> store.drop(CHURN, OptionalInt.of(3), false));
      assertThat(store.drop(CHURN, OptionalInt.of(3), true)).isEqualTo(1);
      assertThat(Rows.all(session.user, "SELECT * FROM INSITU.STORED_ALIASES")).isEmpty();
    }
  }

  @Test
  void aliasesBelongToTheTransaction() throws SQLException {
    String url = TwoConnections.memory();
    try (var one = TwoConnections.administrator(url);
        var two = TwoConnections.administrator(url);
        var bob = TwoConnections.ordinary(url, "BOB")) {
      JdbiModelStore store = withVersions(one, 3);
      JdbiModelStore other = JdbiModelStore.of(two, CLOCK);
      JdbiModelStore reader = JdbiModelStore.of(bob, CLOCK);
      set(store, "CHAMPION", 1);
      store.alter(CHURN, new ModelChange.SetDefault(1));
      refuses(ErrorCode.ALIAS_NOT_FOUND, () -> other.findId(CHURN, CHAMPION));
      assertThat(number(other, DEFAULT)).isEqualTo(3);
      one.user.commit();
      assertThat(number(other, CHAMPION)).isEqualTo(1);
      assertThat(number(reader, CHAMPION)).isEqualTo(1);
      assertThat(number(other, DEFAULT)).isEqualTo(1);
      Savepoint savepoint = one.user.setSavepoint();
      set(store, "CHAMPION", 2);
      assertThat(number(store, CHAMPION)).isEqualTo(2);
      assertThat(number(reader, CHAMPION)).isEqualTo(1);
      one.user.rollback(savepoint);
      assertThat(number(store, CHAMPION)).isEqualTo(1);
      store.alter(CHURN, new ModelChange.DropAlias("CHAMPION", false));
      one.user.rollback();
      assertThat(number(store, CHAMPION)).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        Connection.TRANSACTION_READ_COMMITTED,
        Connection.TRANSACTION_REPEATABLE_READ,
        Connection.TRANSACTION_SERIALIZABLE
      })
  void noAliasNamesAVersionThatAnotherSessionDrops(int isolation) throws SQLException {
    String url = TwoConnections.memory();
    try (var one = TwoConnections.administrator(url);
        var two = TwoConnections.administrator(url)) {
      JdbiModelStore store = withVersions(one, 3);
      two.user.setTransactionIsolation(isolation);
      JdbiModelStore other = JdbiModelStore.of(two, CLOCK);
      assertThat(other.aliases(CHURN)).isEmpty();
      assertThat(number(other, DEFAULT)).isEqualTo(3); // what it sees is fixed from here on
      store.drop(CHURN, OptionalInt.of(1), false);
      refuses(ErrorCode.CONCURRENT_CHANGE, () -> set(other, "CHAMPION", 1));
      one.user.commit();
      boolean fixed = isolation != Connection.TRANSACTION_READ_COMMITTED;
      refuses(
          fixed ? ErrorCode.CONCURRENT_CHANGE : ErrorCode.VERSION_NOT_FOUND,
          () -> set(other, "CHAMPION", 1));
      two.user.rollback();
      assertThat(other.aliases(CHURN)).isEmpty();
      set(store, "CHAMPION", 2);
      one.user.commit();
      refuses(
          fixed ? ErrorCode.CONCURRENT_CHANGE : ErrorCode.IN_USE,
          () -> other.drop(CHURN, OptionalInt.of(2), false));
      two.user.rollback();
      assertThat(number(other, CHAMPION)).isEqualTo(2);
      set(store, "CHAMPION", 3);
      one.user.commit();
      refuses(
          fixed ? ErrorCode.CONCURRENT_CHANGE : ErrorCode.IN_USE,
          () -> other.drop(CHURN, OptionalInt.of(3), false));
      two.user.rollback();
      // What the transaction has moved or dropped itself holds nothing.
      set(other, "CHAMPION", 2);
      assertThat(other.drop(CHURN, OptionalInt.of(3), false)).isEqualTo(1);
      two.user.rollback();
      other.alter(CHURN, new ModelChange.DropAlias("CHAMPION", false));
      assertThat(other.drop(CHURN, OptionalInt.of(3), false)).isEqualTo(1);
      assertThat(Rows.all(two.user, "SELECT * FROM INSITU.STORED_ALIASES")).isEmpty();
      two.user.rollback();
      refuses(ErrorCode.IN_USE, () -> other.drop(CHURN, OptionalInt.of(3), false));
    }
  }

  /** Makes the store of a database one of format 3, with a kept column. */
  private static void downgrade(Connection connection) {
    StoredColumns.add(connection, column(ModelText.DEFAULT_VERSION), 2);
    for (String sql :
        List.of(
            "DROP VIEW INSITU.MODEL_ALIASES",
            "DROP VIEW INSITU.ALIASED_COLUMNS",
            "DROP TABLE INSITU.STORED_ALIASES",
            "DROP TABLE INSITU.STORED_FOLLOWED_ALIASES",
            "DELETE FROM INSITU.STORED_MIGRATIONS WHERE NUMBER = 4")) {
      Rows.execute(connection, sql);
    }
  }

  private static StoredColumn column(Selector selector) {
    return new StoredColumn(9, "PUBLIC", "T", "C", "TR", CHURN, selector, Optional.empty(), true);
  }

  @Test
  void aStoreOfFormatThreeIsReadWhereItCannotBeUpgraded() throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("old");
    try (var session = TwoConnections.administrator(url)) {
      withVersions(session, 2);
      downgrade(session.control);
    }
    try (var session = TwoConnections.administrator(url + ";ACCESS_MODE_DATA=r")) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      assertThat(number(store, DEFAULT)).isEqualTo(2);
      assertThat(number(store, new Selector.Version(1))).isEqualTo(1);
      refuses(ErrorCode.ALIAS_NOT_FOUND, () -> store.findId(CHURN, CHAMPION));
      assertThat(store.aliases(CHURN)).isEmpty();
      assertThat(store.list().get(0).aliases()).isEmpty();
      assertThat(StoredColumns.all(session.control))
          .containsExactly(column(ModelText.DEFAULT_VERSION));
      assertThat(StoredColumns.version(session.control, CHURN, CHAMPION)).isEmpty();
    }
    try (var session = TwoConnections.administrator(url)) {
      JdbiModelStore store = JdbiModelStore.of(session, CLOCK);
      assertThat(set(store, "CHAMPION", 1)).isTrue();
      assertThat(number(store, CHAMPION)).isEqualTo(1);
      assertThat(StoredColumns.all(session.control))
          .containsExactly(column(ModelText.DEFAULT_VERSION));
      StoredColumns.remove(session.control, 9);
      session.user.commit();
      StoredColumns.add(session.control, column(CHAMPION), 1);
      assertThat(StoredColumns.find(session.control, 9)).contains(column(CHAMPION));
      set(store, "CHAMPION", 2);
      assertThat(Rows.all(session.user, "SELECT PINNED_VERSION FROM INSITU.PREDICTED_COLUMNS"))
          .containsExactly("2");
    }
  }

  /** A session that could only read finds aliases as soon as another has upgraded the store. */
  @Test
  void aStoreThatIsUpgradedByAnotherSessionHasAliases() throws SQLException {
    String url = TwoConnections.memory();
    try (var one = TwoConnections.administrator(url);
        var two = TwoConnections.administrator(url)) {
      withVersions(one, 2);
      downgrade(one.control);
      Rows.execute(two.control, "CREATE USER BOB PASSWORD ''");
      Rows.execute(two.control, "GRANT SELECT ON SCHEMA INSITU TO BOB");
      try (Connection bob = DriverManager.getConnection(url, "BOB", "")) {
        JdbiModelStore reader = JdbiModelStore.of(new ReadingSession(bob), CLOCK);
        assertThat(number(reader, DEFAULT)).isEqualTo(2);
        refuses(ErrorCode.ALIAS_NOT_FOUND, () -> reader.findId(CHURN, CHAMPION));
        JdbiModelStore writer = JdbiModelStore.of(two, CLOCK);
        set(writer, "CHAMPION", 1);
        two.user.commit();
        assertThat(number(reader, CHAMPION)).isEqualTo(1);
      }
    }
  }

  /** A user whose both sessions have his own rights, as over a wire. */
  private record ReadingSession(Connection only) implements StoreSession {
    @Override
    public Connection user() {
      return only;
    }

    @Override
    public Connection control() {
      return only;
    }

    @Override
    public Connection reading() {
      return only;
    }

    @Override
    public boolean administrator() {
      return false;
    }

    @Override
    public String userName() {
      return "BOB";
    }

    @Override
    public int sessionId() {
      return 0;
    }

    @Override
    public String incarnation() {
      return "first";
    }

    @Override
    public void sync() {}
  }
}
