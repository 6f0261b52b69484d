using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Search;
using FhirTrials.Storage.Rows;

namespace FhirTrials.Storage.Search;

/// <summary>Where the engines' languages differ.</summary>
abstract class SqlDialect
{
    static readonly SqlDialect Sqlite = new SqliteDialect();
    static readonly SqlDialect SqlServer = new SqlServerDialect();

    SqlDialect()
    {
    }

    public static SqlDialect Of(DatabaseProvider provider) => provider switch
    {
        DatabaseProvider.Sqlite => Sqlite,
        DatabaseProvider.SqlServer => SqlServer,
    };

    /// <summary>The order of texts as the engine's columns have it.</summary>
    public abstract IComparer<string> TextOrder { get; }

    /// <summary>The first rows of a select that may end in ORDER BY.</summary>
    public abstract Sql First(Sql select, Sql? orderBy, long count);

    /// <summary>Whether a correlated select has a row. The embedded engine would at times read the whole table into a
    /// list to look things up in; a limit keeps it from that.</summary>
    public abstract Sql Exists(Sql select);

    /// <summary>A column as a value, so that the embedded engine does not take an index
    /// of it, which would not help.</summary>
    public abstract Sql WithoutIndex(Sql column);

    /// <summary>Whether a text contains another.</summary>
    public abstract Sql Contains(Sql text, string part);

    public abstract Sql EndsWith(Sql text, string end);

    /// <summary>Whether a text is one of many, which travel as one parameter.</summary>
    public abstract Sql In(Sql text, IReadOnlyCollection<string> list);

    /// <summary>The numbers of a column as a JSON array.</summary>
    public abstract Sql Listed(Sql column);

    /// <summary>The numbers of a JSON array as column <c>"Key"</c>.</summary>
    public abstract Sql Keys(string list);

    /// <summary>The keys of the resources of a type that have a word, in their order, as column <c>"Key"</c>.</summary>
    public abstract Sql WordKeys(short type, short parameter, WordValue word, Sql x);

    /// <summary>The keys of the resources with a text of a parameter that contains a part, in their order, as column
    /// <c>"Key"</c>; null where no index leads to them.</summary>
    public abstract Sql? PartKeys(string index, string part, Func<Sql> alias);

    /// <summary>Whether the resource of that key, which is of that type, has a word.</summary>
    public abstract Sql HasWord(short type, short parameter, WordValue word, Sql key, Sql x);

    /// <summary>The places within a circle, each once, as columns <c>"Z"</c>, <c>"X"</c>, <c>"Y"</c>.</summary>
    public abstract Sql Places(short type, short parameter, NearValue circle, Sql q, Sql x);

    sealed class SqliteDialect : SqlDialect
    {
        public override IComparer<string> TextOrder { get; } = new CodePointOrder();

        public override Sql First(Sql select, Sql? orderBy, long count) => orderBy is null
            ? (Sql)$"{select} LIMIT {count}"
            : $"{select}\nORDER BY {orderBy} LIMIT {count}";

        public override Sql Exists(Sql select) => $"EXISTS ({select} LIMIT 1)";

        public override Sql WithoutIndex(Sql column) => $"+{column}";

        /// <summary>GLOB skips to where the part may begin, in half the time of <c>instr</c>, but takes no long
        /// patterns (https://www.sqlite.org/limits.html: 50,000 bytes).</summary>
        public override Sql Contains(Sql text, string part)
        {
            const int maxPart = 1000;
            var pattern = $"*{Regex.Replace(part, @"[[*?]", "[$0]")}*";
            return part.Length > maxPart ? $"instr({text}, {part}) > 0" : (Sql)$"{text} GLOB {pattern}";
        }

        /// <summary>SQLite counts code points.</summary>
        public override Sql EndsWith(Sql text, string end) =>
            $"substr({text}, {-end.EnumerateRunes().Count()}) = {end}";

        public override Sql In(Sql text, IReadOnlyCollection<string> list) =>
            $"{text} IN (SELECT value FROM json_each({JsonSerializer.Serialize(list)}))";

        public override Sql Listed(Sql column) => $"json_group_array({column})";

        public override Sql Keys(string list) => $"SELECT value AS \"Key\" FROM json_each({list})";

        /// <summary>Words are letters and digits, so that in quotation marks each is one term.</summary>
        public override Sql WordKeys(short type, short parameter, WordValue word, Sql x)
        {
            var term = string.Create(CultureInfo.InvariantCulture, $"{unchecked((ushort)type)}x{word.Word}");
            var terms = word.InNarrative ? $"\"{term}!\"" : $"\"{term}\" OR \"{term}!\"";
            return $"""SELECT {x}."rowid" AS "Key" FROM "WordIndex" AS {x} WHERE {x}."WordIndex" MATCH {terms}""";
        }

        /// <summary>Each three characters of the part are a term, and their phrase is the part; so many that they would
        /// take long are not asked for.</summary>
        public override Sql? PartKeys(string index, string part, Func<Sql> alias)
        {
            const int longest = 200;
            if (TitleRow.ColumnOf(index) is not { } column || part.Length > longest
                || part.Contains('\0', StringComparison.Ordinal)
                || part.EnumerateRunes().Count() < TitleRow.PartLength)
            {
                return null;
            }

            var (x, phrase) = (alias(), $"{column} : \"{part.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
            return $"""SELECT {x}."rowid" AS "Key" FROM "TitleIndex" AS {x} WHERE {x}."TitleIndex" MATCH {phrase}""";
        }

        public override Sql HasWord(short type, short parameter, WordValue word, Sql key, Sql x) => Exists($"""
            SELECT 1 FROM "WordList" AS {x}
              WHERE {x}."ResourceKey" = {key} AND {x}."Parameter" = {parameter}
                AND {IsListed(word, x)}
            """);

        /// <summary>As <see cref="Writing.WordList"/> writes them.</summary>
        Sql IsListed(WordValue word, Sql x)
        {
            var inNarrative = Contains($"""{x}."Words" """, $" {word.Word}!");
            return word.InNarrative
                ? inNarrative
                : Sql.Or([inNarrative, Contains($"""{x}."Words" || ' '""", $" {word.Word} ")]);
        }

        /// <summary>From place to place by the index, past all that is at one: the engine would read what is equal, so
        /// it looks for what comes after any key there. Columns lead into the index only as values.</summary>
        public override Sql Places(short type, short parameter, NearValue circle, Sql q, Sql x)
        {
            Sql Next(Sql columns, Sql after) => $"""
                SELECT {columns} FROM "PositionIndex" AS {x} WHERE {x}."Type" = {type} AND {x}."Parameter" = {parameter}
                  AND {after}
                ORDER BY {x}."Z", {x}."X", {x}."Y" LIMIT 1
                """;
            Sql beyond =
                $"""({x}."Z", {x}."X", {x}."Y", {x}."ResourceKey") > (+{q}."Z", +{q}."X", +{q}."Y", {long.MaxValue})""";
            Sql z = $"{x}.\"Z\"", first = $"{x}.\"Z\", {x}.\"X\", {x}.\"Y\"";
            return $"""
                WITH RECURSIVE {q}("Z", "X", "Y") AS (
                  SELECT * FROM ({Next(first, $"{z} >= {circle.Point.Z - circle.Chord}")})
                  UNION ALL
                  SELECT ({Next(z, beyond)}), ({Next($"{x}.\"X\"", beyond)}), ({Next($"{x}.\"Y\"", beyond)})
                  FROM {q} WHERE {q}."Z" <= {circle.Point.Z + circle.Chord}
                )
                SELECT {q}."Z" AS "Z", {q}."X" AS "X", {q}."Y" AS "Y" FROM {q} WHERE {NearQuery.Matches(circle, q)}
                """;
        }
    }

    sealed class SqlServerDialect : SqlDialect
    {
        public override IComparer<string> TextOrder => StringComparer.Ordinal;

        public override Sql First(Sql select, Sql? orderBy, long count)
        {
            Sql order = orderBy ?? $"(SELECT NULL)";
            return $"{select}\nORDER BY {order} OFFSET 0 ROWS FETCH NEXT {count} ROWS ONLY";
        }

        public override Sql Exists(Sql select) => $"EXISTS ({select})";

        public override Sql WithoutIndex(Sql column) => column;

        public override Sql Contains(Sql text, string part) => $"CHARINDEX({part}, {text}) > 0";

        public override Sql? PartKeys(string index, string part, Func<Sql> alias) => null;

        public override Sql EndsWith(Sql text, string end) => $"RIGHT({text}, {end.Length}) = {end}";

        public override Sql In(Sql text, IReadOnlyCollection<string> list)
        {
            var json = JsonSerializer.Serialize(list);
            return $"{text} IN (SELECT [value] COLLATE Latin1_General_100_BIN2 FROM OPENJSON({json}))";
        }

        public override Sql Listed(Sql column) =>
            $"COALESCE('[' + STRING_AGG(CAST({column} AS nvarchar(max)), ',') + ']', '[]')";

        public override Sql Keys(string list) => $"SELECT CAST([value] AS bigint) AS \"Key\" FROM OPENJSON({list})";

        public override Sql WordKeys(short type, short parameter, WordValue word, Sql x) => $"""
            SELECT {x}."ResourceKey" AS "Key" FROM "WordIndex" AS {x}
            WHERE {x}."Type" = {type} AND {x}."Parameter" = {parameter} AND {Is(word, x)}
            """;

        public override Sql HasWord(short type, short parameter, WordValue word, Sql key, Sql x) => Exists($"""
            SELECT 1 FROM "WordIndex" AS {x}
              WHERE {x}."Type" = {type} AND {x}."ResourceKey" = {key} AND {x}."Parameter" = {parameter}
                AND {Is(word, x)}
            """);

        public override Sql Places(short type, short parameter, NearValue circle, Sql q, Sql x) => $"""
            SELECT DISTINCT {x}."Z", {x}."X", {x}."Y" FROM "PositionIndex" AS {x}
            WHERE {x}."Type" = {type} AND {x}."Parameter" = {parameter} AND {NearQuery.Matches(circle, x)}
            """;

        static Sql Is(WordValue word, Sql x) => word.InNarrative
            ? (Sql)$"""{x}."Word" = {word.Word} AND {x}."InNarrative" = 1"""
            : $"""{x}."Word" = {word.Word}""";
    }

    /// <summary>SQLite compares texts by their UTF-8 bytes, which is by code points.</summary>
    sealed class CodePointOrder : IComparer<string>
    {
        public int Compare(string? x, string? y)
        {
            var at = x.AsSpan().CommonPrefixLength(y);
            return at == x!.Length || at == y!.Length
                ? x.Length.CompareTo(y!.Length)
                : Weight(x[at]).CompareTo(Weight(y[at]));
        }

        /// <summary>Surrogates stand for what is beyond every other unit.</summary>
        static int Weight(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
