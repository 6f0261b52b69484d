using System.Collections.Immutable;
using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.FhirPath;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Validation;

/// <summary>What to validate against, and what is known besides the resource.</summary>
public sealed record ValidationOptions
{
    internal static readonly ValidationOptions Default = new();

    /// <summary>Canonicals to validate against, besides the base definition and <c>meta.profile</c>.</summary>
    public ImmutableArray<string> Profiles { get; init; } = [];

    /// <summary>Finds the target of a reference outside the resource (in the store); null checks none.</summary>
    public Func<string, Element?>? Resolve { get; init; }

    /// <summary>Whether what is no error is left out: its text is not even made.</summary>
    public bool ErrorsOnly { get; init; }

    /// <summary>No more errors than this are reported for one resource, and no more other issues.</summary>
    public int MaxIssues { get; init; } = 500;
}

/// <summary>Validates a resource against the base definitions and profiles —
/// https://hl7.org/fhir/R4/validation.html</summary>
/// <remarks>Thread-safe; keep one for the lifetime of its definitions, as it caches what it compiles.</remarks>
public sealed class Validator(FhirDefinitions definitions, TimeProvider clock)
{
    readonly Plans _plans = new(definitions);

    /// <summary>How many steps one validation may take: elements visited for each definition, slices tried, items that
    /// invariants look at. HL7's examples take 6 for each of their elements, 17 at most. Beyond, an issue
    /// <c>too-costly</c> ends it.</summary>
    public long MaxSteps { get; init; } = 50_000_000;

    /// <summary>Every issue found; no error among them means the resource is valid. Structural issues of the text
    /// itself come from the reader, not from here.</summary>
    public ImmutableArray<Issue> Validate(Element resource, ValidationOptions? options = null)
    {
        return Validate(resource, options ?? ValidationOptions.Default, new StepBudget(MaxSteps));
    }

    /// <summary>Every issue of a text: what its reader found, then what is wrong besides. What only follows from a
    /// structural fault is left out.</summary>
    public ImmutableArray<Issue> Validate(ReadResult read, ValidationOptions? options = null)
    {
        if (read.Resource is null)
        {
            return read.Issues;
        }

        var faults = new StructuralFaults(read.Issues);
        return [.. read.Issues, .. Validate(read.Resource, options).Where(i => !faults.Explain(i))];
    }

    /// <summary>The same, counting its steps.</summary>
    internal ImmutableArray<Issue> Validate(Element resource, ValidationOptions options, StepBudget budget)
    {
        var walk = new Walk(_plans, options, clock.GetUtcNow(), budget);
        walk.Validate(resource);
        return walk.Issues.ToImmutable();
    }

    /// <summary>A FHIRPath context in which <c>conformsTo()</c> and <c>slice()</c> are answered by this
    /// validator.</summary>
    public FhirPathContext Answering(FhirPathContext context) => context with
    {
        ConformsTo = (at, element, profile) => Standing(at, element).Conforms(element, profile),
        IsInSlice = (at, element, profile, slice) => Standing(at, element).IsInSlice(element, profile, slice),
    };

    Walk Standing(FhirPathContext context, Element element)
    {
        var walk = new Walk(_plans, ValidationOptions.Default, context.Now, context.Budget ?? new(context.MaxSteps));
        walk.Stand(context.Resource ?? element, context.RootResource ?? context.Resource ?? element);
        return walk;
    }
}
