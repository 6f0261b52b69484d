using System.Collections.Immutable;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Mapping;

/// <summary>The text of a criterion, and on which side it stands.</summary>
readonly record struct CriterionText(string Text, bool Exclude);

/// <summary>Which criterion of a later version is which of an earlier one: that of the same text; else, on the same
/// side, the one most like it that is new.</summary>
static class CriterionPairs
{
    /// <summary>Texts that share less of their words than this are two criteria.</summary>
    const double LeastAlike = 0.4;

    /// <summary>How often a word of an earlier criterion is looked for in a later one, at most: beyond that only texts
    /// that are the same are one criterion. Studies of a hundred criteria of fifty words need half a million.</summary>
    const long MaxLooks = 20_000_000;

    /// <summary>For each earlier criterion its place among the later ones, or null.</summary>
    public static ImmutableArray<int?> Of(ImmutableArray<CriterionText> earlier, ImmutableArray<CriterionText> later)
    {
        var pairs = new int?[earlier.Length];
        var taken = new HashSet<int>();
        Same(criterion => criterion);
        Same(criterion => criterion.Text);
        var before = Words(earlier.Select((e, at) => pairs[at] is null ? e.Text : ""));
        var words = Words(later.Select(l => l.Text));
        if (before.Sum(own => (long)own.Count) * later.Length > MaxLooks)
        {
            return [.. pairs];
        }

        var alike = from at in Enumerable.Range(0, earlier.Length)
            where pairs[at] is null
            let own = before[at]
            from place in Enumerable.Range(0, later.Length)
            where !taken.Contains(place) && later[place].Exclude == earlier[at].Exclude
            let likeness = own.Count == 0 ? 0 : Shared(own, words[place])
            where likeness >= LeastAlike
            orderby likeness descending, at, place
            select (At: at, Place: place);
        foreach (var (at, place) in alike.ToArray())
        {
            if (pairs[at] is null && taken.Add(place))
            {
                pairs[at] = place;
            }
        }

        return [.. pairs];

        static HashSet<string>[] Words(IEnumerable<string> texts) =>
            [.. texts.Select(text => TermText.Words(text).ToHashSet(StringComparer.Ordinal))];

        static double Shared(HashSet<string> some, HashSet<string> others)
        {
            var both = some.Count(others.Contains);
            return (double)both / (some.Count + others.Count - both);
        }

        // The first of those that are left.
        void Same<TKey>(Func<CriterionText, TKey> key)
            where TKey : notnull
        {
            var places = later.Index().Where(l => !taken.Contains(l.Index)).GroupBy(l => key(l.Item), l => l.Index)
                .ToDictionary(same => same.Key, same => new Queue<int>(same));
            for (var at = 0; at < earlier.Length; at++)
            {
                if (pairs[at] is null && places.TryGetValue(key(earlier[at]), out var left)
                    && left.TryDequeue(out var place))
                {
                    taken.Add(place);
                    pairs[at] = place;
                }
            }
        }
    }
}
