/**
 * The entry points of functions of models: {@code CREATE_FUNCTION} gives a name to one of 64
 * methods for each type that models answer, and the store keeps which model it asks. So no compiler
 * is needed at run time, and the type is known before the model is. Names and parameters stay as
 * they are, since databases refer to them. All classes but {@link dev.insitu.plain.number.Entries}
 * are generated: read that one first.
 */
@NullMarked
package dev.insitu.plain.number;

import org.jspecify.annotations.NullMarked;
