package dev.insitu.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.insitu.error.ErrorCode;
import dev.insitu.error.MlException;
import dev.insitu.error.NearestName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All functions that plain H2 can call, in the order of the file.
 *
 * @param version of the product that the file belongs to
 * @param entries the functions
 */
public record FunctionCatalogue(
    String version, @JsonProperty("function") List<FunctionEntry> entries) {
  private static final String FILE = "functions.toml";

  /** Copies the list. */
  public FunctionCatalogue {
    entries = List.copyOf(entries);
  }

  /** Returns the catalogue of this version. */
  public static FunctionCatalogue get() {
    return Known.CATALOGUE;
  }

  private static final class Known {
    static final FunctionCatalogue CATALOGUE = read();

    private static FunctionCatalogue read() {
      try (InputStream file = FunctionCatalogue.class.getResourceAsStream(FILE)) {
        if (file == null) {
          throw new IllegalStateException(FILE + " is missing");
        }
        return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Reads a catalogue; a field that it does not know is an error. */
  static FunctionCatalogue parse(String toml) throws IOException {
    return TomlMapper.builder()
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
        .build()
        .readValue(toml, FunctionCatalogue.class);
  }

  /** Returns the function of a name, in any case, with or without its schema. */
  public Optional<FunctionEntry> find(String name) {
    String upper = name.strip().toUpperCase(Locale.ROOT);
    String bare = upper.startsWith("INSITU.") ? upper.substring("INSITU.".length()) : upper;
    return entries.stream().filter(entry -> entry.name().equals(bare)).findFirst();
  }

  /** Returns a line for each function: its call and what it is for. */
  public String help() {
    return entries.stream()
        .map(entry -> entry.signature() + "\n    " + entry.summary())
        .collect(
            Collectors.joining(
                "\n", "Functions of the schema INSITU; HELP('name') tells more of one.\n\n", ""));
  }

  /**
   * Returns all about one function.
   *
   * @throws MlException ARGUMENT with the nearest name
   */
  public String help(String name) {
    return find(name)
        .map(FunctionEntry::help)
        .orElseThrow(
            () -> {
              MlException error =
                  MlException.of(
                      ErrorCode.ARGUMENT, "HELP", "no function is called '" + name + "'");
              List<String> names = entries.stream().map(FunctionEntry::name).toList();
              return NearestName.of(name.toUpperCase(Locale.ROOT), names)
                  .map(near -> error.withHint("Did you mean " + near + "?"))
                  .orElse(error.withHint("CALL INSITU.HELP() lists all functions."));
            });
  }

  /** Returns the reference as Markdown. */
  public String reference() {
    return new FunctionReference(this).markdown();
  }
}
