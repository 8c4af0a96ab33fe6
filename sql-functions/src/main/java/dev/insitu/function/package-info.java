/**
 * The operations on models, without any database's own types: create, drop, describe, evaluate; and
 * the options they take. They reach the database through the port {@link
 * dev.insitu.function.Database}.
 */
@NullMarked
package dev.insitu.function;

import org.jspecify.annotations.NullMarked;
