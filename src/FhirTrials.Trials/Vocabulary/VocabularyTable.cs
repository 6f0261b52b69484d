using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>Reads the vocabulary's tables: tab-separated, a heading line, one concept a line with the columns key,
/// kind, text, parents (spaces between), codes (<c>system|code</c>, spaces between), synonyms (<c>; </c> between),
/// unit, source.</summary>
static class VocabularyTable
{
    const int Columns = 8;

    static readonly string[] Tables =
    [
        "conditions", "neoplasms", "diseases", "measurements", "scores", "genomics", "therapies", "drugs", "procedures",
    ];

    static readonly Dictionary<string, ConceptKind> Kinds =
        Enum.GetValues<ConceptKind>().ToDictionary(k => k.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The concepts that come with the product.</summary>
    public static ImmutableArray<VocabularyConcept> ReadEmbedded()
    {
        var concepts = ImmutableArray.CreateBuilder<VocabularyConcept>();
        foreach (var table in Tables)
        {
            using var stream = typeof(VocabularyTable).Assembly.GetManifestResourceStream($"{table}.tsv")
                ?? throw new InvalidOperationException($"The vocabulary table {table}.tsv is not embedded.");
            using var reader = new StreamReader(stream);
            concepts.AddRange(Read(reader));
        }

        return concepts.ToImmutable();
    }

    /// <exception cref="FormatException">A line is none of a vocabulary; the message says which and why.</exception>
    public static IEnumerable<VocabularyConcept> Read(TextReader reader)
    {
        reader.ReadLine();
        for (var number = 2; reader.ReadLine() is { } line; number++)
        {
            if (line.Length > 0)
            {
                yield return ReadLine(line, number);
            }
        }
    }

    static VocabularyConcept ReadLine(string line, int number)
    {
        var cells = line.Split('\t');
        if (cells.Length != Columns)
        {
            throw new FormatException($"Line {number} has {cells.Length} columns instead of {Columns}.");
        }

        if (!Kinds.TryGetValue(cells[1], out var kind))
        {
            throw new FormatException($"Line {number}: '{cells[1]}' is no kind of concept; "
                + $"it is one of {string.Join(", ", Kinds.Keys.Select(k => k.ToLowerInvariant()))}.");
        }

        return new(
            Key: cells[0],
            Kind: kind,
            Text: cells[2],
            Parents: Split(cells[3], " "),
            Codes: Codes(cells[4], number),
            Synonyms: Split(cells[5], "; "),
            Unit: cells[6],
            Source: cells[7]);
    }

    static ImmutableArray<CodePattern> Codes(string cell, int number)
    {
        if (cell.Length == 0)
        {
            return [];
        }

        var codes = new CodePattern[cell.AsSpan().Count(' ') + 1];
        var (at, count) = (0, 0);
        while (at < cell.Length)
        {
            var end = cell.IndexOf(' ', at) is >= 0 and var blank ? blank : cell.Length;
            codes[count++] = ReadCode(cell.AsSpan(at, end - at), number);
            at = end + 1;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(count == codes.Length ? codes : codes[..count]);
    }

    static CodePattern ReadCode(ReadOnlySpan<char> text, int number) =>
        text.IndexOf('|') is > 0 and var bar && bar + 1 < text.Length && !text[(bar + 1)..].Contains('|')
        && CodeSystems.FindKey(text[..bar]) is { } system
            ? new CodePattern(system, text[(bar + 1)..].ToString())
            : throw new FormatException($"Line {number}: '{text}' is no code, such as sct|91857003.");

    static ImmutableArray<string> Split(string cell, string separator) => cell.Length == 0 ? []
        : !cell.Contains(separator, StringComparison.Ordinal) ? [cell]
        : ImmutableCollectionsMarshal.AsImmutableArray(
            cell.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
