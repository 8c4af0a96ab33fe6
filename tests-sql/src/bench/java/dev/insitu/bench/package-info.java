/**
 * Rivals with native code of their own, in the profile {@code bench} alone: they need {@code
 * libgomp.so.1}.
 */
@NullMarked
package dev.insitu.bench;

import org.jspecify.annotations.NullMarked;
