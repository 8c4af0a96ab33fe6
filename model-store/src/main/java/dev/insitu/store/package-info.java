/**
 * The tables of models: one port, {@link dev.insitu.store.ModelStore}, over one session, {@link
 * dev.insitu.store.StoreSession}.
 *
 * <p>All that Insitu knows is rows of the schema {@code INSITU} in the user's database. This
 * package is the only one that uses Jdbi. Read {@link dev.insitu.store.ModelStore} first.
 */
@NullMarked
package dev.insitu.store;

import org.jspecify.annotations.NullMarked;
