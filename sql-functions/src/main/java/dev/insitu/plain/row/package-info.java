/**
 * What plain H2 calls by name for each row: a function of H2 has one type, so there is a class for
 * each type of prediction. The inputs come by position, in the order of the model's signature, or
 * by name, as one value of type JSON. Names and parameters stay as they are, since databases refer
 * to them. The classes are generated: read {@link dev.insitu.plain.row.Rows} and {@link
 * dev.insitu.h2.RowPredictor} first.
 */
@NullMarked
package dev.insitu.plain.row;

import org.jspecify.annotations.NullMarked;
