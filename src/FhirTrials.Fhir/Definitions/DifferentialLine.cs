using System.Collections.Immutable;

namespace FhirTrials.Fhir.Definitions;

/// <summary>A line of a differential and the way to its element.</summary>
/// <param name="Id">As written: <c>Observation.component:systolic.code</c>.</param>
/// <param name="Steps">From the root down: path segment and slice name; empty for the root itself.</param>
sealed record DifferentialLine(string Id, ImmutableArray<(string Segment, string? Slice)> Steps, ElementFact Fact)
{
    /// <summary>Lines with their steps, by their ids; where a line has none, by path and
    /// the slices opened before it.</summary>
    public static ImmutableArray<DifferentialLine> From(IEnumerable<(string? Id, ElementFact Fact)> lines)
    {
        var result = ImmutableArray.CreateBuilder<DifferentialLine>();
        ImmutableArray<(string Segment, string? Slice)> previous = [];
        foreach (var (id, fact) in lines)
        {
            var steps = id is not null && ElementPath.WithoutSlices(id) == fact.Path
                ? StepsOf(id)
                : StepsOf(fact, previous);
            result.Add(new DifferentialLine(id ?? fact.Path, steps, fact));
            previous = steps;
        }

        return result.ToImmutable();
    }

    static ImmutableArray<(string, string?)> StepsOf(string id) =>
        [.. id.Split('.').Skip(1).Select(step => step.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0
            ? (step[..colon], step[(colon + 1)..])
            : (step, (string?)null))];

    static ImmutableArray<(string, string?)> StepsOf(
        ElementFact fact, ImmutableArray<(string Segment, string? Slice)> previous)
    {
        var segments = fact.Path.Split('.')[1..];
        var steps = ImmutableArray.CreateBuilder<(string, string?)>(segments.Length);
        var isShared = true;
        for (var i = 0; i < segments.Length; i++)
        {
            isShared = isShared && i < previous.Length && previous[i].Segment == segments[i];
            var isLast = i == segments.Length - 1;
            steps.Add((segments[i], isLast ? fact.SliceName : isShared ? previous[i].Slice : null));
        }

        return steps.MoveToImmutable();
    }
}
