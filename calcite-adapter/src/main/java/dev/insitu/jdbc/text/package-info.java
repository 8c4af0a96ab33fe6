/**
 * The words of a SQL text, read as H2 reads them, and the decision whether a text is ours.
 *
 * <p>Uses nothing but the JDK. Read {@link dev.insitu.jdbc.text.OwnStatements} first.
 */
@NullMarked
package dev.insitu.jdbc.text;

import org.jspecify.annotations.NullMarked;
