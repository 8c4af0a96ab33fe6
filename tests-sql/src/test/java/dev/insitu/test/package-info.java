/**
 * The product as its users meet it: SQL scripts with expected output, and the rules that the house
 * keeps.
 *
 * <p>Read {@link dev.insitu.test.ScriptTest} first.
 */
@NullMarked
package dev.insitu.test;

import org.jspecify.annotations.NullMarked;
