package dev.insitu.model;

/**
 * A named, typed column of a query or of a model's signature.
 *
 * @param name the name, as the database reports it
 * @param type the type as models see it
 * @param sqlType the type as the database writes it in DDL, for example {@code DECIMAL(10, 2)}
 * @param nullable whether NULL can occur
 */
public record ColumnSpec(String name, ColumnType type, String sqlType, boolean nullable) {}
