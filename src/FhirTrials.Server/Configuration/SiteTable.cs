using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Server.Configuration;

/// <summary>A site's table: a heading line and the columns concept, system, code, name and, for concepts that the
/// vocabulary has not, parent and kind.</summary>
static partial class SiteTable
{
    static readonly string[] Columns = ["concept", "system", "code", "name", "parent", "kind"];

    /// <summary>The columns that a table may leave out at its end.</summary>
    const int Optional = 2;

    static readonly Dictionary<string, ConceptKind> Kinds =
        SiteConcepts.Kinds.ToDictionary(k => k.ToString(), StringComparer.OrdinalIgnoreCase);

    static string KindNames => string.Join(", ", Kinds.Keys).ToLowerInvariant();

    sealed record Row(int Line, string[] Cells)
    {
        public string Concept => Cells[0];

        public string System => Cells[1];

        public string Code => Cells[2];

        public string Name => Cells[3];

        public string Parent => Cells.ElementAtOrDefault(4) ?? "";

        public string Kind => Cells.ElementAtOrDefault(5) ?? "";
    }

    /// <summary>What the lines of concepts that are known add to them, and the others as terms.</summary>
    /// <exception cref="InvalidDataException">A line is wrong.</exception>
    public static (ImmutableArray<ConceptAddition> Additions, ImmutableArray<SiteTerm> Terms) Read(
        string file, char separator, ConceptVocabulary vocabulary, SiteNotes notes)
    {
        var (additions, unknown) = (ImmutableArray.CreateBuilder<ConceptAddition>(), new List<Row>());
        foreach (var row in Rows(file, separator))
        {
            if (Known(row.Concept) is not { } concept)
            {
                unknown.Add(row);
                continue;
            }

            additions.Add(new(concept.Key, Codes(Checked(file, row)), Names(row)));
            if (row.Parent.Length > 0)
            {
                notes.Add(file, "parents of concepts that the vocabulary has are left out: its own stand", row.Concept);
            }
        }

        var terms = unknown.ToLookup(row => TermText.Key(row.Concept), StringComparer.Ordinal);
        return (additions.ToImmutable(), [.. terms.Select(Term)]);

        VocabularyConcept? Known(string text) => vocabulary.Find(text) ?? vocabulary.Lookup(text);

        SiteTerm Term(IGrouping<string, Row> rows)
        {
            var below = rows.Where(r => r.Parent.Length > 0).ToList();
            var (first, missing) = (rows.First(), "is no concept of the vocabulary");
            return below.Count == 0
                ? throw Wrong(file, first, $"'{Shown(first.Concept)}' {missing}, and no parent is given")
                : below.Find(r => Known(r.Parent) is null && !terms.Contains(TermText.Key(r.Parent))) is { } lost
                ? throw Wrong(file, lost, $"the parent '{Shown(lost.Parent)}' {missing} or of the file")
                : new(
                    rows.Key,
                    [.. rows.SelectMany(r => Codes(Checked(file, r))).Distinct()],
                    [first.Concept, .. rows.SelectMany(r => Names(r))],
                    [.. below.Select(r => Known(r.Parent)?.Key ?? TermText.Key(r.Parent)).Distinct()],
                    rows.Where(r => r.Kind.Length > 0).Select(r => (ConceptKind?)Kinds[r.Kind]).FirstOrDefault())
                {
                    Line = first.Line,
                };
        }
    }

    static IEnumerable<Row> Rows(string file, char separator)
    {
        var (number, width) = (0, 0);
        foreach (var line in File.ReadLines(file))
        {
            number++;
            string[] cells = separator == '\t' ? line.Split('\t') : [.. CsvCell().Matches(line).Select(Unquoted)];
            var row = new Row(number, cells);
            if (number == 1)
            {
                width = cells.Length >= Columns.Length - Optional && cells.SequenceEqual(Columns.Take(cells.Length))
                    ? cells.Length
                    : throw Wrong(
                        file, row,
                        $"the heading must be {string.Join(", ", Columns)}, without the last two where nothing is new");
            }
            else if (line.Length > 0)
            {
                yield return cells.Length == width
                    ? row
                    : throw Wrong(file, row, $"there must be as many columns as in the heading, {width}");
            }
        }
    }

    static Row Checked(string file, Row row) =>
        row.Code.Length == 0 && row.Name.Length == 0 && row.Parent.Length == 0
            ? throw Wrong(file, row, "there is neither a code nor a name")
        : row.Code.Length > 0 && !Uri.IsWellFormedUriString(row.System, UriKind.Absolute)
            ? throw Wrong(file, row, $"'{Shown(row.System)}' is no URI of a code system")
        : (row.Code.Length > 0 && !SiteConcepts.IsCode(row.Code))
            || !SiteConcepts.IsName(row.Name) || !SiteConcepts.IsName(row.Concept)
            ? throw Wrong(
                file, row,
                "a code or name is too long or has control characters, '|' or '*', or a code has double blanks")
        : row.Kind.Length > 0 && !Kinds.ContainsKey(row.Kind)
            ? throw Wrong(file, row, $"'{Shown(row.Kind)}' is no kind of what a site may add: {KindNames}")
        : row;

    static ImmutableArray<CodePattern> Codes(Row row) =>
        row.Code.Length > 0 ? [new(CodeSystems.KeyOf(row.System), row.Code)] : [];

    static ImmutableArray<string> Names(Row row) => row.Name.Length > 0 ? [row.Name] : [];

    static InvalidDataException Wrong(string file, Row row, string problem) => new($"{file}:{row.Line}: {problem}.");

    static string Shown(string text) => text.Length <= 80 ? text : text[..80] + "…";

    static string Unquoted(Match cell) => cell.Groups["quoted"].Success
        ? cell.Groups["quoted"].Value.Replace("\"\"", "\"", StringComparison.Ordinal) : cell.Groups["plain"].Value;

    /// <summary>https://www.rfc-editor.org/rfc/rfc4180, without line breaks in a field.</summary>
    [GeneratedRegex("(?:^|,)(?:\"(?<quoted>(?:[^\"]|\"\")*)\"|(?<plain>[^,]*))")]
    private static partial Regex CsvCell();
}
