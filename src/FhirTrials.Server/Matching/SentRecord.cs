using System.Collections.Immutable;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Matching;

/// <summary>A resource with a patient's record in it, as far as it was understood. Hospitals' records have errors; they
/// are told to the matcher, which leaves out what they are in.</summary>
/// <param name="Faults">Its structural errors.</param>
sealed record SentRecord(Element Resource, ImmutableArray<Issue> Faults)
{
    /// <summary>As many errors are found at most: beyond, it is not known what else is wrong.</summary>
    const int MostFaults = 100;

    /// <summary>Throws (400) for what is no resource, or has too many errors.</summary>
    public static SentRecord Of(ReadResult read)
    {
        var errors = read.Issues.Where(i => i.IsError).ToImmutableArray();
        return read.Resource is { } resource && errors.Length <= MostFaults
            && !errors.Any(e => e.Severity == IssueSeverity.Fatal)
            ? new(resource, errors)
            : throw new FhirException(read.Issues, StatusCodes.Status400BadRequest);
    }
}
