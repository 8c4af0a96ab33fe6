package dev.insitu.test.driver;

import java.util.List;

/**
 * An object of JDBC as each of the two drivers gave it.
 *
 * @param id drawn from the step that made it, so that it stays the same when other steps are left
 *     out
 * @param kinds the interfaces under which it can be called
 */
record Pair(long id, String name, List<Class<?>> kinds, Object plain, Object ours) {
  boolean is(Class<?> kind) {
    return kind.isInstance(plain);
  }
}
