/**
 * The transparent JDBC driver: {@code jdbc:insitu:h2:…} opens {@code jdbc:h2:…}, hands every
 * statement of the database through untouched, and runs those with words of ours on the same
 * session.
 *
 * <p>The classes called {@code Delegating…} hand calls on and decide nothing (they were written by
 * a program, once; their null contracts are those of {@code java.sql}, hence unmarked). What
 * differs from the database's own behaviour is in the classes called {@code Driver…}; the errors of
 * ours become {@link java.sql.SQLException}s in {@link dev.insitu.jdbc.Boundary} and nowhere else.
 * Read {@link dev.insitu.jdbc.DriverConnection} first, then {@link
 * dev.insitu.jdbc.DriverStatement}.
 */
@NullMarked
package dev.insitu.jdbc;

import org.jspecify.annotations.NullMarked;
