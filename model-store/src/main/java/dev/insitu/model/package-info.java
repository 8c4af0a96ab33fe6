/**
 * What a model is: its name, versions, signature, task and the facts of its training, as pure
 * values.
 *
 * <p>Uses only the JDK and {@link dev.insitu.error}. Read {@link ModelVersion} first.
 */
@NullMarked
package dev.insitu.model;

import org.jspecify.annotations.NullMarked;
