<#--
  Insitu's statements and the arguments of its table functions. The reader has cut the queries out
  of the text: "?" stands for one.
-->

/** A statement of ours, without EXPLAIN. */
MlStatement ModelStatementEof(CallSource source) :
{
    final MlStatement statement;
}
{
    (
        statement = CreateModel(source)
    |
        statement = DropModel()
    |
        statement = AlterModel()
    |
        <SHOW> statement = ShowModels()
    |
        statement = DescribeModel()
    |
        statement = ExportModel()
    )
    <EOF>
    { return statement; }
}

MlStatement CreateModel(CallSource source) :
{
    boolean orReplace = false;
    boolean ifNotExists = false;
    final ModelText model;
    final OptionList settings = new OptionList();
    String file = null;
}
{
    <CREATE> [ <OR> <REPLACE> { orReplace = true; } ] <MODEL>
    [ LOOKAHEAD(2) <IF> <NOT> <EXISTS> { ifNotExists = true; } ]
    model = ModelPath()
    [ <OPTIONS> OptionAssignments(settings) ]
    (
        LOOKAHEAD(1)
        <AS> <HOOK>
        {
            return new MlStatement.CreateModel(
                model, orReplace, ifNotExists, settings.toMap(), source.query(), source.sql());
        }
    |
        LOOKAHEAD(1)
        <FROM>
        (
            LOOKAHEAD(1) <FILE> file = SimpleStringLiteral()
        |
            LOOKAHEAD(1) <LPAREN> <HOOK> <RPAREN>
        )
        [ LOOKAHEAD(1) <OPTIONS> OptionAssignments(settings) ]
        {
            return new MlStatement.ImportModel(
                model, orReplace, ifNotExists, settings.toMap(), file, source.query());
        }
    )
}

MlStatement DropModel() :
{
    boolean ifExists = false;
    boolean cascade = false;
    java.util.OptionalInt version = java.util.OptionalInt.empty();
    int number;
    final ModelText model;
}
{
    <DROP> <MODEL>
    [ LOOKAHEAD(2) <IF> <EXISTS> { ifExists = true; } ]
    model = ModelPath()
    [
        number = VersionNumber() { version = java.util.OptionalInt.of(number); }
    ]
    [ <CASCADE> { cascade = true; } ]
    { return new MlStatement.DropModel(model, ifExists, version, cascade); }
}

MlStatement AlterModel() :
{
    boolean ifExists = false;
    final ModelText model;
    final ModelChange change;
}
{
    <ALTER> <MODEL>
    [ LOOKAHEAD(2) <IF> <EXISTS> { ifExists = true; } ]
    model = ModelPath()
    (
        LOOKAHEAD(1)
        <SET> change = VersionChange()
    |
        LOOKAHEAD(1)
        <DROP> <ALIAS> change = DropAlias()
    )
    { return new MlStatement.AlterModel(model, ifExists, change); }
}

ModelChange VersionChange() :
{
    final String alias;
    final int version;
}
{
    LOOKAHEAD(1)
    <ALIAS> alias = NameText() <EQ> version = VersionNumber()
    { return new ModelChange.SetAlias(alias, version); }
|
    LOOKAHEAD(1)
    <DEFAULT_> version = VersionNumber()
    { return new ModelChange.SetDefault(version); }
}

ModelChange DropAlias() :
{
    boolean ifExists = false;
    final String alias;
}
{
    [ LOOKAHEAD(2) <IF> <EXISTS> { ifExists = true; } ]
    alias = NameText()
    { return new ModelChange.DropAlias(alias, ifExists); }
}

/** VERSION n. */
int VersionNumber() :
{
}
{
    <VERSION> <UNSIGNED_INTEGER_LITERAL>
    { return ((ModelReference.Selector.Version) ModelText.version(token.image)).number(); }
}

MlStatement ShowModels() :
{
    String like = null;
    final ModelText model;
}
{
    <MODELS> [ <LIKE> like = SimpleStringLiteral() ]
    { return new MlStatement.ShowModels(like); }
|
    <CREATE> <MODEL> model = SelectedModel()
    { return new MlStatement.ShowCreateModel(model); }
}

MlStatement DescribeModel() :
{
    final ModelText model;
}
{
    <DESCRIBE> <MODEL> model = SelectedModel()
    { return new MlStatement.DescribeModel(model); }
}

MlStatement ExportModel() :
{
    final ModelText model;
    final String file;
}
{
    <EXPORT> <MODEL> model = SelectedModel() <TO> file = SimpleStringLiteral()
    { return new MlStatement.ExportModel(model, file); }
}

/** The arguments of a table function, without its parentheses. */
TableCall TableArgumentsEof(CallSource source) :
{
    final ArgumentList arguments = new ArgumentList(source);
}
{
    [
        LOOKAHEAD( { getToken(1).kind != EOF } )
        TableArgument(arguments) ( <COMMA> TableArgument(arguments) )*
    ]
    <EOF>
    { return arguments.call(); }
}

void TableArgument(ArgumentList arguments) :
{
    final ModelText model;
    final String name;
    final OptionValue value;
    final List<String> columns;
}
{
    LOOKAHEAD( { getToken(1).kind == MODEL && getToken(2).kind == NAMED_ARGUMENT_ASSIGNMENT } )
    <MODEL> <NAMED_ARGUMENT_ASSIGNMENT> model = ModelLiteral()
    { arguments.model(model); }
|
    LOOKAHEAD( { getToken(2).kind == NAMED_ARGUMENT_ASSIGNMENT } )
    name = NameText() <NAMED_ARGUMENT_ASSIGNMENT>
    (
        <HOOK> { arguments.data(name); }
    |
        <DESCRIPTOR> columns = NamesInParentheses() { arguments.targets(name, columns); }
    |
        value = Option() { arguments.option(name, value); }
    )
|
    <MODEL> model = SelectedModelOrLiteral() { arguments.model(model); }
|
    <HOOK> { arguments.data("DATA"); }
|
    value = StructOption() { arguments.fields("the last argument", value); }
}

/** The first argument of a scalar function. */
ModelText ModelArgumentEof() :
{
    final ModelText model;
}
{
    (
        <MODEL> ( <NAMED_ARGUMENT_ASSIGNMENT> model = ModelLiteral() | model = SelectedModelOrLiteral() )
    |
        model = ModelLiteral()
    )
    <EOF>
    { return model; }
}

/** A string alone. */
String StringEof() :
{
    final String text;
}
{
    text = SimpleStringLiteral() <EOF> { return text; }
}

ModelText ModelLiteral() :
{
    final String text;
}
{
    text = SimpleStringLiteral() { return ModelText.parse(text); }
}

ModelText SelectedModelOrLiteral() :
{
    final ModelText model;
}
{
    (
        LOOKAHEAD( { getToken(1).kind == QUOTED_STRING } ) model = ModelLiteral()
    |
        model = SelectedModel()
    )
    { return model; }
}

/** [schema.]name [VERSION n | ALIAS a]. */
ModelText SelectedModel() :
{
    final ModelText model;
    final String alias;
}
{
    model = ModelPath()
    (
        <VERSION> <UNSIGNED_INTEGER_LITERAL>
        { return new ModelText(model.parts(), ModelText.version(token.image)); }
    |
        <ALIAS> alias = NameText()
        { return new ModelText(model.parts(), new ModelReference.Selector.Alias(alias)); }
    |
        { return model; }
    )
}

ModelText ModelPath() :
{
    final List<String> parts = new ArrayList<String>();
    String part;
}
{
    part = NameText() { parts.add(part); }
    ( <DOT> part = NameText() { parts.add(part); } )*
    { return new ModelText(parts, ModelText.DEFAULT_VERSION); }
}

List<String> NamesInParentheses() :
{
    final List<String> names = new ArrayList<String>();
    String name;
}
{
    <LPAREN> name = NameText() { names.add(name); }
    ( <COMMA> name = NameText() { names.add(name); } )* <RPAREN>
    { return names; }
}

/** (name = value, …). */
void OptionAssignments(OptionList settings) :
{
}
{
    <LPAREN>
    [ LOOKAHEAD( { getToken(1).kind != RPAREN } ) OptionAssignment(settings) ( <COMMA> OptionAssignment(settings) )* ]
    <RPAREN>
}

void OptionAssignment(OptionList settings) :
{
    final String name;
    final OptionValue value;
}
{
    name = NameText() <EQ> value = Option()
    { settings.put(ModelText.unquoted(name), value); }
}

OptionValue Option() :
{
    final SqlLiteral number;
    final String text;
    final OptionValue value;
    final List<OptionValue> values;
}
{
    number = NumericLiteral() { return new OptionValue.Numeric(number.bigDecimalValue()); }
|
    text = SimpleStringLiteral() { return new OptionValue.Text(text); }
|
    <TRUE> { return new OptionValue.Truth(true); }
|
    <FALSE> { return new OptionValue.Truth(false); }
|
    <NULL> { return new OptionValue.Nothing(); }
|
    [ <ARRAY> ] values = OptionItems() { return new OptionValue.Items(values); }
|
    value = StructOption() { return value; }
}

List<OptionValue> OptionItems() :
{
    final List<OptionValue> values = new ArrayList<OptionValue>();
    OptionValue value;
}
{
    <LBRACKET>
    [ value = Option() { values.add(value); } ( <COMMA> value = Option() { values.add(value); } )* ]
    <RBRACKET>
    { return values; }
}

/** STRUCT(value [AS name], …) or MAP[key, value, …]. */
OptionValue StructOption() :
{
    final List<OptionValue.Field> fields = new ArrayList<OptionValue.Field>();
}
{
    (
        <STRUCT> <LPAREN> [ StructField(fields) ( <COMMA> StructField(fields) )* ] <RPAREN>
    |
        <MAP> <LBRACKET> [ MapEntry(fields) ( <COMMA> MapEntry(fields) )* ] <RBRACKET>
    )
    { return new OptionValue.Struct(fields); }
}

void StructField(List<OptionValue.Field> fields) :
{
    final OptionValue value;
    String name = null;
}
{
    value = Option() [ <AS> name = NameText() ]
    { fields.add(new OptionValue.Field(name == null ? null : ModelText.unquoted(name), value)); }
}

void MapEntry(List<OptionValue.Field> fields) :
{
    final String name;
    final OptionValue value;
}
{
    name = SimpleStringLiteral() <COMMA> value = Option()
    { fields.add(new OptionValue.Field(name, value)); }
}

/**
 * A name as written, with its quotes. Most words that Calcite reserves are names here: which words
 * are reserved is the database's business. Those that follow a name in our statements are not.
 */
JAVACODE
String NameText() {
    final Token next = getToken(1);
    final char first = next.image.isEmpty() ? 0 : next.image.charAt(0);
    final boolean isName = Character.isJavaIdentifierStart(first)
        && next.kind != QUOTED_STRING
        && next.kind != UNICODE_QUOTED_IDENTIFIER
        && next.kind != PREFIXED_STRING_LITERAL
        && next.kind != UNICODE_STRING_LITERAL
        && next.kind != BINARY_STRING_LITERAL;
    final boolean isReserved = next.kind == AS || next.kind == FROM || next.kind == TO
        || next.kind == TABLE || next.kind == SELECT || next.kind == WITH || next.kind == ON
        || next.kind == NOT || next.kind == NULL || next.kind == TRUE || next.kind == FALSE
        || next.kind == AND || next.kind == OR || next.kind == WHERE;
    if (next.kind == EOF || isReserved || !isName && first != DOUBLE_QUOTE) {
        throw new ParseException(getToken(0), new int[][] {{IDENTIFIER}}, tokenImage);
    }
    getNextToken();
    return next.image;
}
