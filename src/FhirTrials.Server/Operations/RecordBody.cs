using System.Collections.Immutable;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Http;
using FhirTrials.Server.Matching;

namespace FhirTrials.Server.Operations;

/// <summary>A request's body with a patient's record in it: a Bundle, or Parameters that hold one. Hospitals' records
/// have errors; those in the record are told to the matcher, which leaves out what they are in.</summary>
/// <param name="Faults">Structural errors in the record, with paths from its Bundle.</param>
sealed partial record RecordBody(Element Body, ImmutableArray<Issue> Faults)
{
    /// <summary>Throws (400) for what is no resource, and for errors outside of the record.</summary>
    public static async Task<RecordBody> Read(FhirBody body, HttpRequest request, CancellationToken ct)
    {
        var read = await body.ReadWithIssues(request, ct);
        var (resource, errors) = SentRecord.Of(read);
        var faults = errors.Select(e => e with { Expression = InRecord().Replace(e.Expression ?? "", "Bundle") })
            .ToImmutableArray();
        return faults.All(f => f.Expression!.StartsWith("Bundle", StringComparison.Ordinal))
            ? new(resource, faults)
            : throw new FhirException(read.Issues, StatusCodes.Status400BadRequest);
    }

    [GeneratedRegex(
        @"^Parameters\.parameter\[\d+\]\.resource(?=\.(entry|id|meta|type|timestamp|total|link|identifier))")]
    private static partial Regex InRecord();
}
