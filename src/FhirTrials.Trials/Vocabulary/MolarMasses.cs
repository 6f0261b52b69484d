using System.Collections.Frozen;
using System.Globalization;

namespace FhirTrials.Trials.Vocabulary;

/// <summary>Molar masses in g/mol of what laboratories report both by mass and by amount of substance,
/// with their sources; no other concept converts. Haemoglobin is left out: laboratories count its
/// molecules or its four parts.</summary>
static class MolarMasses
{
    static readonly FrozenDictionary<string, decimal> ByKey = Read().ToFrozenDictionary(
        row => row[0], row => decimal.Parse(row[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);

    /// <summary>The keys of the concepts that have one.</summary>
    public static IReadOnlyCollection<string> Keys => ByKey.Keys;

    /// <summary>The molar mass of a concept; null where it has none here.</summary>
    public static decimal? Of(string key) => ByKey.TryGetValue(key, out var mass) ? mass : null;

    static IEnumerable<string[]> Read()
    {
        using var stream = typeof(MolarMasses).Assembly.GetManifestResourceStream("molar-masses.tsv")
            ?? throw new InvalidOperationException("The table of molar masses is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Skip(1).Where(l => l.Length > 0).Select(l => l.Split('\t'))];
    }
}
