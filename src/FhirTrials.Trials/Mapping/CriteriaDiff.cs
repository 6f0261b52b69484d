using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Trials.Criteria;

namespace FhirTrials.Trials.Mapping;

/// <summary>What became of a criterion.</summary>
public enum CriterionChange
{
    Added,
    Removed,
    TextChanged,

    /// <summary>The text is the same but understood otherwise, by a parser or a person.</summary>
    ReadingChanged,
}

/// <summary>A criterion that is not as it was; one of the two is null where it is new or gone.</summary>
public sealed record ChangedCriterion(CriterionChange Change, Criterion? From, Criterion? To);

/// <summary>Two versions of an eligibility Group, criterion by criterion.</summary>
/// <param name="Unchanged">How many are as they were, wherever they stand.</param>
/// <param name="Changes">In the order of the later version, then what is gone.</param>
public sealed record CriteriaDiff(int Unchanged, ImmutableArray<ChangedCriterion> Changes)
{
    public static CriteriaDiff Of(Element from, Element to)
    {
        var (earlier, later) = (EligibilityReader.Read(from), EligibilityReader.Read(to));
        var pairs = CriterionPairs.Of([.. earlier.Select(Text)], [.. later.Select(Text)]);
        var before = pairs.Select((place, at) => (Place: place, At: at)).Where(p => p.Place is not null)
            .ToDictionary(p => p.Place!.Value, p => earlier[p.At]);
        var changes = later
            .Select((criterion, place) => before.TryGetValue(place, out var was)
                ? Changed(was, criterion)
                : new(CriterionChange.Added, null, criterion))
            .Concat(earlier.Where((_, at) => pairs[at] is null)
                .Select(c => new ChangedCriterion(CriterionChange.Removed, c, null)))
            .OfType<ChangedCriterion>()
            .ToImmutableArray();
        return new(later.Length - changes.Count(c => c.To is not null), changes);
    }

    static ChangedCriterion? Changed(Criterion from, Criterion to) =>
        from.Text != to.Text ? new(CriterionChange.TextChanged, from, to)
        : Reading(from) != Reading(to) ? new(CriterionChange.ReadingChanged, from, to)
        : null;

    /// <summary>All that was understood, as one text: records compare their lists by identity.</summary>
    static string Reading(Criterion criterion) =>
        EligibilityMapper.ReadingOf(criterion);

    static CriterionText Text(Criterion criterion) =>
        new(criterion.Text, criterion.Section == CriterionSection.Exclusion);
}
