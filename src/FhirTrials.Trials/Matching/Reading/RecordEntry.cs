using System.Collections.Immutable;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Trials.Vocabulary;

namespace FhirTrials.Trials.Matching.Reading;

/// <summary>One resource of a record on its way to facts.</summary>
/// <param name="Path">FHIRPath of the resource in the Bundle: <c>Bundle.entry[3].resource</c>.</param>
/// <param name="Reference">What evidence calls it: <c>Observation/anc</c>, or its fullUrl.</param>
sealed record RecordEntry(Element Resource, string Path, string Reference);

/// <summary>What every reader of a resource type needs.</summary>
/// <param name="Resolve">Finds a resource of the Bundle by a reference in it.</param>
sealed record ReadingContext(
    DateOnly ReferenceDate, Freshness Freshness, ConceptVocabulary Vocabulary, Func<string, Element?> Resolve);

/// <summary>What one resource told.</summary>
sealed class RecordParts
{
    public ImmutableArray<PatientFact>.Builder Facts { get; } = ImmutableArray.CreateBuilder<PatientFact>();

    public ImmutableArray<PatientResult>.Builder Results { get; } = ImmutableArray.CreateBuilder<PatientResult>();

    public ImmutableArray<ScreeningAnswer>.Builder Answers { get; } = ImmutableArray.CreateBuilder<ScreeningAnswer>();

    public ImmutableDictionary<CompleteList, Evidence>.Builder Complete { get; } =
        ImmutableDictionary.CreateBuilder<CompleteList, Evidence>();

    public ImmutableArray<Issue>.Builder Notes { get; } = ImmutableArray.CreateBuilder<Issue>();

    /// <summary>Adds what a resource states, and as not certain what its words deny or doubt. A name without a known
    /// concept is kept: it may be anything.</summary>
    public void Add(PatientFact fact, NamedConcepts named)
    {
        if (!fact.Concepts.IsEmpty || named.IsUnknown)
        {
            Facts.Add(fact);
        }

        if (!named.Doubted.IsEmpty && fact.Holds is not false)
        {
            Facts.Add(fact with { Concepts = named.Doubted, Holds = null, State = DiseaseState.Unstated });
        }
    }

    public void Leave(RecordEntry entry, string reason) =>
        Notes.Add(Issue.Information(
            IssueCode.Informational, $"The {entry.Resource.Type.Name} is left out: {reason}.", entry.Path));
}

static class ElementDates
{
    /// <summary>The days of a date, dateTime, instant or Period child; an open end is the reference date.</summary>
    public static DateRange? DatesOf(this Element element, string name, DateOnly reference)
    {
        var child = element.Child(name);
        if (child is null || child.Type.Name != "Period")
        {
            return DateRange.Parse(child?.Value);
        }

        var start = DateRange.Parse(child.ValueOf("start"));
        var end = DateRange.Parse(child.ValueOf("end"));
        return (start, end) switch
        {
            (null, null) => null,
            (null, { } e) => new DateRange(DateOnly.MinValue, e.Last),
            ({ } s, null) => new DateRange(s.First, reference > s.First ? reference : s.First),
            ({ } s, { } e) => new DateRange(s.First, e.Last),
        };
    }

    /// <summary>The first code of a CodeableConcept child.</summary>
    public static string? CodeOf(this Element element, string name) => element.At(name, "coding", "code")?.Value;
}
