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

    /// <summary>For each earlier criterion its place among the later ones, or null.</summary>
    public static ImmutableArray<int?> Of(ImmutableArray<CriterionText> earlier, ImmutableArray<CriterionText> later)
    {
        var pairs = new int?[earlier.Length];
        var taken = new HashSet<int>();
        Same((one, other) => one == other);
        Same((one, other) => one.Text == other.Text);
        var words = later.Select(l => TermText.Words(l.Text).ToHashSet(StringComparer.Ordinal)).ToArray();
        var alike = from at in Enumerable.Range(0, earlier.Length)
            where pairs[at] is null
            let own = TermText.Words(earlier[at].Text).ToHashSet(StringComparer.Ordinal)
            from place in Enumerable.Range(0, later.Length)
            where !taken.Contains(place) && later[place].Exclude == earlier[at].Exclude
            let likeness = own.Count == 0
                ? 0
                : (double)own.Count(words[place].Contains) / own.Union(words[place]).Count()
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

        void Same(Func<CriterionText, CriterionText, bool> isSame)
        {
            for (var at = 0; at < earlier.Length; at++)
            {
                for (var place = 0; pairs[at] is null && place < later.Length; place++)
                {
                    if (isSame(earlier[at], later[place]) && taken.Add(place))
                    {
                        pairs[at] = place;
                    }
                }
            }
        }
    }
}
