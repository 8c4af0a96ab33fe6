/**
 * The catalogue of what plain H2 can call: one file, {@code functions.toml}, holds each function's
 * name, arguments, text and example. From it come the aliases that an installation makes, the
 * answers of {@code HELP} and the reference {@code FUNCTIONS.md}. Read {@link
 * dev.insitu.catalogue.FunctionCatalogue} first.
 */
@NullMarked
package dev.insitu.catalogue;

import org.jspecify.annotations.NullMarked;
