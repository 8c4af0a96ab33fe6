package dev.insitu.calcite.ddl;

/**
 * A part of the original text, in characters.
 *
 * @param start the first character
 * @param end the one after the last
 */
public record TextRange(int start, int end) {}
