/**
 * The operations on models over one connection: create, drop, show, describe, export, predict, and
 * the functions of {@code ML}.
 *
 * <p>Independent of any database's own types and of how a statement was read: every door (the JDBC
 * driver, the functions of H2) comes here. Read {@link dev.insitu.operation.Models} first.
 */
@NullMarked
package dev.insitu.operation;

import org.jspecify.annotations.NullMarked;
