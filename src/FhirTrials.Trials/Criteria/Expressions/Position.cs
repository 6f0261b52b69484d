using System.Collections.Immutable;

namespace FhirTrials.Trials.Criteria.Expressions;

/// <summary>Where a number lies among a criterion's limits, as a letter, and what follows from it. With limits l1 &lt;
/// l2 the letters are: <c>a</c> below l1, <c>b</c> at l1, <c>c</c> between, <c>d</c> at l2, <c>e</c> above.</summary>
static class Position
{
    static readonly ImmutableArray<string> Comparators = ["", "<", "<=", ">=", ">"];

    /// <summary>The limits, ascending.</summary>
    public static ImmutableArray<decimal> Limits(Measurement m) =>
        [.. new[] { m.Low, m.High }.OfType<decimal>().Distinct().Order()];

    /// <summary>FHIRPath of the letter of <c>$this</c>.</summary>
    public static string Letter(ImmutableArray<decimal> limits)
    {
        var last = (char)('a' + (2 * limits.Length));
        var text = $"'{last}'";
        for (var at = limits.Length - 1; at >= 0; at--)
        {
            var limit = Snippets.Number(limits[at]);
            text = $"iif($this < {limit}, '{(char)('a' + (2 * at))}', iif($this = {limit}, '{(char)('b' + (2 * at))}', "
                + $"{text}))";
        }

        return text;
    }

    /// <summary>FHIRPath of the verdict (<c>t</c>, <c>f</c>, or <c>u</c> where it is not decided) on <c>$this</c>, a
    /// letter followed by FHIR's comparator.</summary>
    /// <param name="canDenyBelow">Whether a value below the lower limit denies, as one above the upper does.</param>
    public static string Verdict(Measurement m, bool canDenyBelow)
    {
        var limits = Limits(m);
        var low = m.Low is { } least && !canDenyBelow ? (2 * limits.IndexOf(least)) + 1 : -1;
        var cases = Enumerable.Range(0, (2 * limits.Length) + 1)
            .SelectMany(p => Comparators.Select(c => (
                Text: (char)('a' + p) + c, Value: Decide(m, limits, p, c),
                IsAbove: p > low && (low < 0 || !c.StartsWith('<')))))
            .ToArray();
        var met = cases.Where(c => c.Value is true).Select(c => c.Text);
        var failed = cases.Where(c => c.Value is false && c.IsAbove).Select(c => c.Text).ToArray();
        var otherwise = failed.Length > 0 ? $"iif($this in {Snippets.Union(failed)}, 'f', 'u')" : "'u'";
        return $"iif($this in {Snippets.Union(met)}, 't', {otherwise})";
    }

    /// <summary>The verdict where all places that the number may have agree; else null.</summary>
    static bool? Decide(Measurement m, ImmutableArray<decimal> limits, int position, string comparator)
    {
        var between = position % 2 == 0;
        var places = Enumerable.Range(0, (2 * limits.Length) + 1).Where(p => comparator switch
        {
            "<" => p < position || (between && p == position),
            "<=" => p <= position,
            ">" => p > position || (between && p == position),
            ">=" => p >= position,
            _ => p == position,
        });
        return places.Select(p => Holds(m, limits, p)).Distinct().ToArray() is [var agreed] ? agreed : null;
    }

    static bool Holds(Measurement m, ImmutableArray<decimal> limits, int position) =>
        (m.Low is not { } low
            || (2 * limits.IndexOf(low)) + 1 is var l && (position > l || (position == l && LowIncluded(m))))
        && (m.High is not { } high
            || (2 * limits.IndexOf(high)) + 1 is var h && (position < h || (position == h && HighIncluded(m))));

    static bool LowIncluded(Measurement m) =>
        m.Comparator == Comparator.Equal || (m.Comparator != Comparator.GreaterThan
            && (m.Comparator == Comparator.GreaterOrEqual || m.LowInclusive));

    static bool HighIncluded(Measurement m) =>
        m.Comparator == Comparator.Equal || (m.Comparator != Comparator.LessThan
            && (m.Comparator == Comparator.LessOrEqual || m.HighInclusive));
}
