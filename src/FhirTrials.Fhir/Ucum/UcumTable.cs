using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace FhirTrials.Fhir.Ucum;

/// <summary>UCUM's prefixes and units from the embedded table; a unit is resolved when first asked for.</summary>
static class UcumTable
{
    static readonly string[][] Rows = Read();

    public static readonly FrozenDictionary<string, Ratio> Prefixes =
        Rows.Where(r => r[0] == "prefix").ToFrozenDictionary(r => r[1], r => Ratio.Parse(r[2]), StringComparer.Ordinal);

    /// <summary>The order in which base units stand in a canonical unit; arbitrary units come after them.</summary>
    public static readonly FrozenDictionary<string, int> BaseOrder = Rows.Where(r => r[0] is "base" or "arbitrary")
        .Select((r, i) => (Code: r[1], Order: i)).ToFrozenDictionary(r => r.Code, r => r.Order, StringComparer.Ordinal);

    static readonly FrozenDictionary<string, string[]> Units =
        Rows.Where(r => r[0] != "prefix").ToFrozenDictionary(r => r[1], StringComparer.Ordinal);

    static readonly ConcurrentDictionary<string, Atom> Atoms = new(StringComparer.Ordinal);

    /// <summary>The unit of a symbol, with a prefix or without.</summary>
    public static bool TryFind(string symbol, [NotNullWhen(true)] out Atom? atom, out Ratio prefix)
    {
        prefix = Ratio.One;
        if (TryAtom(symbol, out atom))
        {
            return true;
        }

        for (var length = Math.Min(2, symbol.Length - 1); length > 0; length--)
        {
            if (Prefixes.TryGetValue(symbol[..length], out prefix)
                && TryAtom(symbol[length..], out atom) && atom.IsMetric)
            {
                return true;
            }
        }

        return false;
    }

    static bool TryAtom(string code, [NotNullWhen(true)] out Atom? atom)
    {
        atom = Units.TryGetValue(code, out var row) ? Atoms.GetOrAdd(code, static (_, r) => Resolve(r), row) : null;
        return atom is not null;
    }

    static Atom Resolve(string[] row)
    {
        var (kind, code) = (row[0], row[1]);
        if (kind is "base" or "arbitrary")
        {
            return new(new(Ratio.One, [new(code, 1)]), kind == "base" || row[4] == "metric", null, EntityCount.None);
        }

        var definition =
            UcumParser.Parse(row[3]) ?? throw new InvalidDataException($"UCUM's table does not define '{code}'.");
        return new(
            definition.Term with { Factor = definition.Term.Factor * Ratio.Parse(row[2]) },
            row[4] == "metric",
            kind == "special" ? SpecialScale.Of(row[5]) : null,
            CountOf(code));
    }

    static EntityCount CountOf(string code) => code switch
    {
        "mol" => EntityCount.Moles,
        "eq" or "osm" => EntityCount.Equivalents,
        _ => EntityCount.None,
    };

    static string[][] Read()
    {
        using var stream = typeof(UcumTable).Assembly.GetManifestResourceStream("FhirTrials.Fhir.Ucum.units.tsv")
            ?? throw new InvalidDataException("UCUM's table is not embedded.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('\t'))];
    }
}

/// <summary>A unit of the table.</summary>
/// <param name="Special">Its scale, if values on it are no multiples of <paramref name="Term"/>.</param>
/// <param name="Counts">What values in it count.</param>
sealed record Atom(UcumTerm Term, bool IsMetric, SpecialScale? Special, EntityCount Counts);
