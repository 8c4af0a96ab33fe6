/**
 * Insitu inside H2: session-local virtual tables, the scalar aliases, the control session and the
 * exception boundary. The only package that uses H2's classes.
 */
@NullMarked
package dev.insitu.h2;

import org.jspecify.annotations.NullMarked;
