/**
 * What can go wrong, as one enumeration and one exception.
 *
 * <p>Every mistake of a user has an {@link ErrorCode}. Inside the product it travels as {@link
 * MlException}; each door (the JDBC driver, the functions of H2) turns it into an {@link
 * java.sql.SQLException} in one place. Uses nothing but the JDK. Read {@link ErrorCode} first.
 */
@NullMarked
package dev.insitu.error;

import org.jspecify.annotations.NullMarked;
