package dev.insitu.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The catalogue as {@code FUNCTIONS.md}. */
final class FunctionReference {
  private final FunctionCatalogue catalogue;

  FunctionReference(FunctionCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  String markdown() {
    StringBuilder page =
        new StringBuilder(
            """
            # Functions of the schema `INSITU`

            What any H2 client can call once `RUNSCRIPT FROM 'classpath:dev/insitu/h2/install.sql'` has run. This page is
            made from `functions.toml` (`CatalogueTest` with `-Dinsitu.accept=true`), as is `CALL INSITU.HELP('name')`.

            | function | what it is for |
            |---|---|
            """);
    for (FunctionEntry entry : catalogue.entries()) {
      page.append("| [`")
          .append(entry.signature())
          .append("`](#")
          .append(entry.name().toLowerCase(Locale.ROOT))
          .append(") | ")
          .append(entry.summary())
          .append(" |\n");
    }
    catalogue.entries().forEach(entry -> page.append('\n').append(section(entry)));
    return page.toString();
  }

  private static String section(FunctionEntry entry) {
    StringBuilder section = new StringBuilder("## ").append(entry.name()).append("\n\n`INSITU.");
    section.append(entry.signature()).append("`\n\n").append(entry.summary());
    if (!entry.text().isEmpty()) {
      section.append("\n\n").append(entry.text());
    }
    section.append("\n\nReturns ").append(entry.returns()).append(". Since ");
    section.append(entry.since()).append(".\n");
    section.append(table("argument", entry.arguments()));
    section.append(table("column", entry.columns()));
    if (!entry.errors().isEmpty()) {
      section.append("\nErrors: ").append(String.join(", ", entry.errors())).append(".\n");
    }
    return section.append("\n```sql\n").append(entry.example()).append("\n```\n").toString();
  }

  private static String table(String title, List<Argument> items) {
    return items.isEmpty()
        ? ""
        : items.stream()
            .map(FunctionReference::line)
            .collect(
                Collectors.joining(
                    "", "\n| " + title + " | type | what it is |\n|---|---|---|\n", ""));
  }

  private static String line(Argument item) {
    String otherwise = item.otherwise();
    return "| `"
        + item.name()
        + "` | "
        + item.type()
        + " | "
        + item.text()
        + (otherwise == null ? "" : "; " + otherwise + " if left out")
        + " |\n";
  }
}
