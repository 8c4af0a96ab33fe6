/**
 * The format of the store: tables and views of the schema {@code INSITU}, made by numbered
 * migrations (resources beside this package). Plain JDBC on a session that is already open. Read
 * {@link dev.insitu.store.schema.StoreSchema} first.
 *
 * <p><b>Two layers.</b> Tables {@code STORED_…} are private: nobody but an administrator has rights
 * on them. Views of the public names show what people look at and are granted to PUBLIC.
 * Identifiers are unquoted capitals everywhere, so the store folds with its database.
 *
 * <p><b>Numbers.</b> A double that must come back bit by bit is kept as text, as {@link
 * Double#toString(double)} writes it, in a column {@code …_TEXT}, because H2 folds -0.0 to 0.0; the
 * views show it as DOUBLE PRECISION. Texts keep every UTF-16 unit, NUL and lone surrogates
 * included.
 *
 * <p><b>Tables</b> (details of a version have the key {@code VERSION_ID, ORDINAL}; ordinals run
 * from 0 without a gap, a gap is damage):
 *
 * <ul>
 *   <li>{@code STORED_MIGRATIONS} number, title and time of each migration; the greatest number is
 *       the format.
 *   <li>{@code STORED_INCARNATION} one row: the token of the database's opening that last settled
 *       the runs of former ones.
 *   <li>{@code STORED_MODELS} schema and name as the database stores identifiers (unique), the
 *       default version, the greatest number ever given. Its row is what writers of one model lock.
 *   <li>{@code STORED_ALIASES} the names of versions that can be moved: model, name as the database
 *       stores identifiers, number of the version, when and by whom it was set. Who writes one has
 *       the model's row.
 *   <li>{@code STORED_VERSIONS} a row per version, never changed: id (unique for ever), number,
 *       run, time, model type, task ({@code regression}, {@code classification}, {@code
 *       clustering}, {@code inference}), format, SHA-256 and size of the artifact, training query,
 *       row counts, seed, trainer, row counts of the evaluation (NULL: none was made).
 *   <li>{@code STORED_COLUMNS} the signature: roles {@code input}, {@code output} and {@code
 *       label}.
 *   <li>{@code STORED_CLASSES} the classes in ascending SQL order, as text.
 *   <li>{@code STORED_OPTIONS}, {@code STORED_PARAMETERS}, {@code STORED_LIBRARIES}, {@code
 *       STORED_FEATURES}, {@code STORED_WEIGHTS}, {@code STORED_CENTROIDS}, {@code
 *       STORED_ITERATIONS}, {@code STORED_METRICS}, {@code STORED_CONFUSION} (class indices),
 *       {@code STORED_ROC}: the records of {@code dev.insitu.model} of like names, a row each.
 *   <li>{@code STORED_VERIFICATION} a row per cell of a verification row: {@code input}, {@code
 *       text} (a text input) or {@code expected}, row and cell index, number or text (both NULL:
 *       NULL).
 *   <li>{@code STORED_ARTIFACTS} the bytes of the graph.
 *   <li>{@code STORED_ATTACHMENTS} what an imported model needs besides: how columns become tensors
 *       ({@code binding.json}), a tokeniser; by name.
 *   <li>{@code STORED_TOMBSTONES} what is left of a dropped version.
 *   <li>{@code STORED_RUNS} a row per training, written on the control session: states {@code
 *       running}, {@code trained}, {@code failed}, {@code cancelled}, {@code interrupted}, {@code
 *       rolled_back}; who, in which session and incarnation, when, how far, what went wrong.
 *   <li>{@code STORED_INSTALLATIONS} each version whose functions were installed, and when.
 *   <li>{@code STORED_FUNCTIONS} the functions of models: the numbered entry point ({@code KIND},
 *       {@code NUMBER}) that an alias of the database calls, and which model it asks.
 *   <li>{@code STORED_PREDICTED_COLUMNS} the columns in which predictions are kept: the trigger
 *       that writes them, the model, the version that is pinned (NULL: the default one; of a column
 *       that follows an alias, the one that it names), the version with which all rows were last
 *       written.
 *   <li>{@code STORED_FOLLOWED_ALIASES} which of these columns follow an alias, by their id.
 *   <li>{@code STORED_SCHEDULES}, {@code STORED_SCHEDULE_RUNS} which models are trained again and
 *       when, and what came of it ({@code running}, {@code trained}, {@code not due}, {@code
 *       failed}, {@code interrupted}).
 * </ul>
 *
 * <p><b>Views</b>: MODELS, MODEL_VERSIONS, MODEL_ALIASES, ALIASED_COLUMNS, MODEL_COLUMNS,
 * MODEL_CLASSES, MODEL_OPTIONS, METRICS, FEATURES, WEIGHTS, CENTROIDS, TRAINING_ITERATIONS,
 * CONFUSION, ROC, RUNS, FUNCTIONS, PREDICTED_COLUMNS, SCHEDULES, SCHEDULE_RUNS. RUNS derives its
 * state: {@code succeeded} once the run's version (or its tombstone) is visible to the reader;
 * {@code running} while its session lives and, if it is trained, has uncommitted changes; else
 * {@code rolled_back} or {@code interrupted}.
 *
 * <p><b>Ids</b> come from sequences, which follow no transaction, and are handed over by value:
 * there are no foreign keys between rows of the user's transaction and rows of the control session.
 *
 * <p><b>History</b>: 1, the first format; 2, attachments; 3, what plain H2 uses; 4, aliases.
 *
 * <p><b>Limitations</b>: a database in Oracle mode has no empty text; a category or class label
 * that is one comes back as NULL there. The record of a run keeps the first million characters of a
 * query. A user without ADMIN sees a run of a vanished session as running until the store is next
 * prepared for writing.
 */
@NullMarked
package dev.insitu.store.schema;

import org.jspecify.annotations.NullMarked;
