/**
 * The database elsewhere: a session over a wire as operations and statements need it. Speaks {@code
 * java.sql} only; what it needs of H2 itself is in {@link dev.insitu.h2}. Read {@link
 * dev.insitu.remote.RemoteSession} first.
 */
@NullMarked
package dev.insitu.remote;

import org.jspecify.annotations.NullMarked;
