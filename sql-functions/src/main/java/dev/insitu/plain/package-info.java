/**
 * What a plain H2 connection, without Insitu's driver, calls by name: static methods for {@code
 * CREATE ALIAS}. Names and parameters of public methods stay as they are, since databases refer to
 * them. Read {@link dev.insitu.plain.Functions} first.
 */
@NullMarked
package dev.insitu.plain;

import org.jspecify.annotations.NullMarked;
