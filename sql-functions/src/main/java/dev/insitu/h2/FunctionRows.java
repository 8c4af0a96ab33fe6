package dev.insitu.h2;

import java.sql.ResultSet;
import org.h2.result.ResultInterface;

/**
 * The rows of a table function as it hands them to H2: a result set, by which H2 knows the function
 * as one, and at the same time a result of H2's own, which it takes without copying a row.
 */
public interface FunctionRows extends ResultSet, ResultInterface {}
