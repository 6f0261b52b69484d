using System.Collections.Immutable;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>Reads the vocabulary's tables: tab-separated, a heading line, one concept a line with the columns key,
/// kind, text, parents (spaces between), codes (<c>system|code</c>, spaces between), synonyms (<c>; </c> between),
/// unit, source.</summary>
static class VocabularyTable
{
    const int Columns = 8;

    public static ImmutableArray<VocabularyConcept> ReadEmbedded(params ReadOnlySpan<string> names)
    {
        var concepts = ImmutableArray.CreateBuilder<VocabularyConcept>();
        foreach (var name in names)
        {
            using var stream = typeof(VocabularyTable).Assembly.GetManifestResourceStream($"{name}.tsv")
                ?? throw new InvalidOperationException($"The vocabulary table {name}.tsv is not embedded.");
            using var reader = new StreamReader(stream);
            concepts.AddRange(Read(reader));
        }

        return concepts.ToImmutable();
    }

    public static IEnumerable<VocabularyConcept> Read(TextReader reader)
    {
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
        {
            yield return ReadLine(line);
        }
    }

    static VocabularyConcept ReadLine(string line)
    {
        var cells = line.Split('\t');
        if (cells.Length != Columns)
        {
            throw new FormatException($"A vocabulary line has {cells.Length} columns instead of {Columns}: {line}");
        }

        return new(
            Key: cells[0],
            Kind: Enum.Parse<ConceptKind>(cells[1], ignoreCase: true),
            Text: cells[2],
            Parents: Split(cells[3], " "),
            Codes: [.. Split(cells[4], " ").Select(ReadCode)],
            Synonyms: Split(cells[5], "; "),
            Unit: cells[6],
            Source: cells[7]);
    }

    static CodePattern ReadCode(string text)
    {
        var bar = text.IndexOf('|', StringComparison.Ordinal);
        return new CodePattern(text[..bar], text[(bar + 1)..]);
    }

    static ImmutableArray<string> Split(string cell, string separator) =>
        [.. cell.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
