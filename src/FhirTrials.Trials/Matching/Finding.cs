using System.Collections.Immutable;

namespace FhirTrials.Trials.Matching;

/// <summary>What a record says about a clause, in Kleene's three values: true, false, or unknown (null) with what is
/// missing.</summary>
/// <param name="Evidence">What the value rests on; for unknown, what the record does say about it.</param>
/// <param name="Missing">What the record would have to say; empty when the value is known.</param>
public sealed record Finding(bool? Value, ImmutableArray<Evidence> Evidence, ImmutableArray<string> Missing)
{
    public static Finding True(params ImmutableArray<Evidence> evidence) => new(true, evidence, []);

    public static Finding False(params ImmutableArray<Evidence> evidence) => new(false, evidence, []);

    public static Finding Of(bool value, params ImmutableArray<Evidence> evidence) => new(value, evidence, []);

    public static Finding Unknown(string missing, params ImmutableArray<Evidence> evidence) =>
        new(null, evidence, [missing]);

    /// <summary>So many pieces of evidence are told of one finding: nobody reads more.</summary>
    public const int MaxTold = 100;

    /// <summary>Stands for what is not told.</summary>
    public static readonly Evidence More = new("Bundle", "and more of the record");

    /// <summary>What is told of much evidence, each piece once.</summary>
    public static ImmutableArray<Evidence> Told(IEnumerable<Evidence> evidence)
    {
        var all = evidence.Distinct().ToList();
        var told = all.Where(e => e != More).Take(MaxTold).ToImmutableArray();
        return told.Length == all.Count ? told : [.. told, More];
    }

    /// <summary>What is told of many statements: of the first of them.</summary>
    public static ImmutableArray<Evidence> Told<T>(ImmutableArray<T> statements, Func<T, Evidence> evidence)
    {
        var told = statements.Take(MaxTold).Select(evidence).Distinct();
        return statements.Length <= MaxTold ? [.. told] : [.. told, More];
    }

    public Finding Negated => this with { Value = !Value };

    /// <summary>False if any is, else unknown if any is, else true (also of none).</summary>
    public static Finding All(IReadOnlyList<Finding> findings) =>
        findings.Any(f => f.Value is false) ? Decided(false, findings)
        : findings.Any(f => f.Value is null) ? Undecided(findings)
        : Decided(true, findings);

    /// <summary>True if any is, else unknown if any is, else false (also of none).</summary>
    public static Finding Any(IReadOnlyList<Finding> findings) =>
        findings.Any(f => f.Value is true) ? Decided(true, findings)
        : findings.Any(f => f.Value is null) ? Undecided(findings)
        : Decided(false, findings);

    /// <summary>True if at least <paramref name="count"/> are true, false if so many cannot be, else unknown.</summary>
    public static Finding AtLeast(int count, IReadOnlyList<Finding> findings)
    {
        var yes = findings.Count(f => f.Value is true);
        var open = findings.Count(f => f.Value is null);
        return yes >= count ? Decided(true, findings)
            : yes + open < count ? Decided(false, findings)
            : Undecided(findings);
    }

    /// <summary>The parts of that value carry the evidence.</summary>
    static Finding Decided(bool value, IReadOnlyList<Finding> findings) =>
        new(value, Told(findings.Where(f => f.Value == value).SelectMany(f => f.Evidence)), []);

    static Finding Undecided(IReadOnlyList<Finding> findings) =>
        new(
            null,
            Told(findings.SelectMany(f => f.Evidence)),
            [.. findings.Where(f => f.Value is null).SelectMany(f => f.Missing).Distinct()]);
}
