package dev.insitu.store;

import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.model.ModelAlias;
import dev.insitu.model.ModelChange;
import dev.insitu.model.ModelName;
import dev.insitu.model.ModelReference.Selector;
import dev.insitu.model.ModelSummary;
import dev.insitu.model.ModelVersion;
import dev.insitu.model.TrainedModel;
import dev.insitu.store.VersionCache.Identity;
import dev.insitu.store.VersionCache.Key;
import dev.insitu.store.schema.StoreSchema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The store in the tables of schema {@code INSITU} ({@link dev.insitu.store.schema}). Confined to
 * the thread that uses the session it was opened on.
 */
public final class JdbiModelStore implements ModelStore {
  private static final String LIST =
      """
      SELECT M.SCHEMA_NAME, M.MODEL_NAME, V.MODEL_TYPE, V.TASK, M.DEFAULT_VERSION,
        (SELECT COUNT(*) FROM INSITU.STORED_VERSIONS A WHERE A.MODEL_ID = M.ID),
        V.ROWS_TRAINED, V.ARTIFACT_BYTES, V.CREATED_AT
      FROM INSITU.STORED_MODELS M
      JOIN INSITU.STORED_VERSIONS V ON V.MODEL_ID = M.ID AND V.VERSION_NUMBER = M.DEFAULT_VERSION
      ORDER BY M.SCHEMA_NAME, M.MODEL_NAME""";

  /** So many names are remembered. */
  private static final int MOST_NAMES = 1000;

  /** So often is looked for a version before it counts as missing. */
  private static final int LOOKS = 3;

  private final StoreDatabase database;
  private final Clock clock;
  private final StoreSchema schema;
  private final RunRecords runs;
  private final VersionIds ids;
  private final VersionCache known;
  private final String identity;
  private final Map<Named, Optional<Identity>> looked = new HashMap<>();
  private Optional<Object> state = Optional.empty();
  private boolean opened;

  /** The format of the open store when it was last looked at. */
  private int format;

  private JdbiModelStore(
      StoreSession session, Clock clock, StoreSchema schema, VersionCache known, String identity) {
    this.known = known;
    this.identity = identity;
    this.database = new StoreDatabase(session);
    this.clock = clock;
    this.schema = schema;
    this.runs = new RunRecords(database, clock);
    this.ids = new VersionIds(session);
  }

  /** Opens the store of a session; touches nothing yet. */
  public static JdbiModelStore of(StoreSession session, Clock clock) {
    return of(session, clock, VersionCache.none(), "");
  }

  /**
   * Opens the store of a session; touches nothing yet.
   *
   * @param known versions that have been read by any session
   * @param identity tells the database from others in {@code known}, and from those that the caller
   *     may not read
   */
  public static JdbiModelStore of(
      StoreSession session, Clock clock, VersionCache known, String identity) {
    return new JdbiModelStore(session, clock, StoreSchema.current(), known, identity);
  }

  @Override
  public List<ModelSummary> list() {
    return reading(
        "list",
        List.of(),
        handle -> {
          Map<ModelName, List<ModelAlias>> aliases =
              hasAliases() ? AliasRows.all(handle) : Map.of();
          return handle
              .createQuery(LIST)
              .map(
                  (row, context) -> {
                    ModelName name = new ModelName(row.getString(1), row.getString(2));
                    return new ModelSummary(
                        name,
                        row.getString(3),
                        row.getString(4),
                        row.getInt(5),
                        row.getInt(6),
                        row.getLong(7),
                        row.getLong(8),
                        row.getObject(9, OffsetDateTime.class).toInstant(),
                        aliases.getOrDefault(name, List.of()));
                  })
              .list();
        });
  }

  @Override
  public List<Integer> versions(ModelName name) {
    return reading("read", List.of(), handle -> VersionRows.numbers(handle, name));
  }

  @Override
  public List<ModelAlias> aliases(ModelName name) {
    return reading(
        "read", List.of(), handle -> hasAliases() ? AliasRows.of(handle, name) : List.of());
  }

  /** A store of an older format, which the caller may only read, has none until it is upgraded. */
  private boolean hasAliases() {
    if (format < StoreSchema.ALIASES) {
      try {
        format = schema.format(database.session().control()).orElse(0);
      } catch (SQLException e) {
        throw StoreDatabase.accessError("open", e);
      }
    }
    return format >= StoreSchema.ALIASES;
  }

  /** Reads, or returns {@code absent} where there is no store; somebody may drop it at any time. */
  private <T> T reading(String purpose, T absent, Function<Handle, T> work) {
    if (!open()) {
      return absent;
    }
    try {
      return database.onReading(purpose, work);
    } catch (MlException e) {
      if (!(e.getCause() instanceof SQLException cause) || !StoreSchema.isAbsent(cause)) {
        throw e;
      }
      return reopened(cause, absent);
    }
  }

  /** Looks again whether there is a store after the database missed one of its tables. */
  private <T> T reopened(SQLException cause, T absent) {
    opened = false;
    if (!open()) {
      return absent;
    }
    throw MlException.of(ErrorCode.STORE_DAMAGED, "a table of schema INSITU is missing")
        .withHint("Restore the database from a backup.")
        .withCause(cause);
  }

  @Override
  public Optional<ModelVersion> find(ModelName name, Selector selector) {
    while (true) {
      Optional<Identity> found = identify(name, selector);
      if (found.isEmpty()) {
        return Optional.empty();
      }
      Key key = new Key(identity, name, found.get());
      Optional<ModelVersion> version = known.find(key);
      if (version.isPresent()) {
        return version;
      }
      version = readWhole(name, found.get().id());
      if (version.isPresent()) {
        if (!database.session().isOpening()) {
          known.add(key, version.get());
        }
        return version;
      }
    }
  }

  /**
   * Reads a version, in several looks; empty if somebody dropped it meanwhile. A version never
   * changes, so one that is still there after the last look was there at all of them.
   */
  private Optional<ModelVersion> readWhole(ModelName name, long id) {
    try {
      boolean whole = !database.session().isOpening();
      ModelVersion version = VersionRows.read(database.session().reading(), name, id, whole);
      return exists(id) ? Optional.of(version) : Optional.empty();
    } catch (SQLException e) {
      if (exists(id)) {
        throw StoreDatabase.accessError("read", e);
      }
      return Optional.empty();
    } catch (RuntimeException e) {
      if (exists(id)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private boolean exists(long id) {
    if (!open()) {
      return false;
    }
    try {
      return !StoredRows.read(
              database.session().reading(),
              "SELECT 1 FROM INSITU.STORED_VERSIONS WHERE ID = ?",
              row -> row.getInt(1),
              id)
          .isEmpty();
    } catch (SQLException e) {
      if (!StoreSchema.isAbsent(e)) {
        throw StoreDatabase.accessError("read", e);
      }
      return reopened(e, false);
    }
  }

  @Override
  public Optional<Long> findId(ModelName name, Selector selector) {
    return identify(name, selector).map(Identity::id);
  }

  /** Looks a version up, or returns what was found when the store was as it is now. */
  private Optional<Identity> identify(ModelName name, Selector selector) {
    if (!open()) {
      return Optional.empty();
    }
    Optional<Object> now = database.session().state();
    if (now.isEmpty()) {
      return lookUp(name, selector);
    }
    if (!now.equals(state) || looked.size() > MOST_NAMES) {
      looked.clear();
      state = now;
    }
    Named key = new Named(name, selector);
    Optional<Identity> known = looked.get(key);
    if (known == null) {
      known = lookUp(name, selector);
      looked.put(key, known);
    }
    return known;
  }

  /** What a statement calls a version. */
  private record Named(ModelName name, Selector selector) {
    /** Written out: linking what a record has of its own takes the first prediction too long. */
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Named named
          && name.equals(named.name)
          && (selector == named.selector || selector.equals(named.selector));
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private Optional<Identity> lookUp(ModelName name, Selector selector) {
    try {
      for (int look = 1; ; look++) {
        Optional<Identity> id =
            selector instanceof Selector.Alias && !hasAliases()
                ? Optional.empty()
                : ids.find(name, selector);
        if (id.isPresent()) {
          return id;
        }
        List<Integer> versions = versions(name);
        if (versions.isEmpty()) {
          return Optional.empty();
        }
        // A model that was made or dropped between two looks is not a damaged one.
        if (look == LOOKS) {
          throw absent(name, selector, versions);
        }
      }
    } catch (SQLException e) {
      if (!StoreSchema.isAbsent(e)) {
        throw StoreDatabase.accessError("read", e);
      }
      return reopened(e, Optional.empty());
    }
  }

  private MlException absent(ModelName name, Selector selector, List<Integer> versions) {
    if (selector instanceof Selector.Version version) {
      return Alteration.notFound(name, version.number(), versions);
    } else if (selector instanceof Selector.Alias alias) {
      return Alteration.notFound(name, alias.name(), aliases(name));
    }
    return MlException.of(
        ErrorCode.STORE_DAMAGED,
        String.format(Locale.ROOT, "the default version of model \"%s\" is missing", name));
  }

  @Override
  public ModelVersion publish(ModelName name, TrainedModel model, long run, Existing existing) {
    return new Publication(database, clock).publish(name, model, run, existing);
  }

  @Override
  public int drop(ModelName name, OptionalInt version, boolean cascade) {
    return open() ? new Removal(database, clock).drop(name, version, cascade) : 0;
  }

  @Override
  public boolean alter(ModelName name, ModelChange change) {
    if (!open()) {
      throw MlException.of(ErrorCode.MODEL_NOT_FOUND, name);
    }
    return new Alteration(database, clock).alter(name, change);
  }

  @Override
  public void prepareForWriting() {
    Connection control = database.session().control();
    try {
      if (schema.migrate(control, clock)) {
        database.session().sync();
      }
    } catch (SQLException e) {
      throw StoreDatabase.accessError("make", e)
          .withHint(
              "Commit or roll back open transactions that have changed the database's schema, and"
                  + " see that the control session may create tables.");
    }
    runs.settleFormerIncarnations();
    runs.settleVanishedSessions();
    format = schema.latest();
    opened = true;
  }

  @Override
  public long beginRun(ModelName name, String modelType, String query) {
    return runs.begin(name, modelType, query);
  }

  @Override
  public void progress(long run, String phase, long done, long total) {
    runs.progress(run, phase, done, total);
  }

  @Override
  public void trained(long run) {
    runs.trained(run);
  }

  @Override
  public void ended(long run, Outcome outcome, String message) {
    runs.ended(run, outcome, message);
  }

  /**
   * Returns whether there is a store; on the first look of a session checks its format, upgrades an
   * older one, and settles the runs of processes that are gone.
   */
  private boolean open() {
    if (opened) {
      return true;
    }
    StoreSession session = database.session();
    try {
      OptionalInt found = schema.format(session.control());
      if (found.isEmpty()) {
        return false;
      }
      schema.requireReadable(found.getAsInt());
      format = upgradeIfWritable(session.control()) ? schema.latest() : found.getAsInt();
    } catch (SQLException e) {
      throw StoreDatabase.accessError("open", e);
    }
    settleIfWritable();
    opened = true;
    return true;
  }

  /** Who may only read reads an older format as it is; returns whether the store has the newest. */
  private boolean upgradeIfWritable(Connection control) throws SQLException {
    try {
      schema.migrate(control, clock);
      return true;
    } catch (SQLException e) {
      if (!refusesToWrite(String.valueOf(e.getSQLState()))) {
        throw e;
      }
      return false;
    }
  }

  /**
   * Who may only read, or a database that is open for reading only, leaves old runs as they are.
   */
  private void settleIfWritable() {
    try {
      runs.settleFormerIncarnations();
    } catch (MlException e) {
      if (!refusesToWrite(StoreDatabase.sqlState(e))) {
        throw e;
      }
    }
  }

  private static boolean refusesToWrite(String state) {
    return state.equals(READ_ONLY)
        || state.equals(StoreDatabase.NOT_ENOUGH_RIGHTS)
        || state.equals(ADMIN_RIGHTS_REQUIRED);
  }

  /** H2's DATABASE_IS_READ_ONLY. */
  private static final String READ_ONLY = "90097";

  private static final String ADMIN_RIGHTS_REQUIRED = "90040";
}
