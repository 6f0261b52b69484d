using System.Collections.Immutable;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Patch;

/// <summary>What a patch makes of a resource: the whole of it was applied, or nothing was.</summary>
/// <param name="Resource">The patched resource, structurally sound, of the same type and id; null
/// where the patch was refused.</param>
/// <param name="Issues">Why it was refused; empty otherwise. The first names the operation, with one of these codes:
/// <c>invalid</c>, <c>structure</c> or <c>value</c> for a malformed patch, <c>processing</c> where it does not fit the
/// resource, <c>conflict</c> where a test fails, <c>too-long</c> where it costs more than is allowed.</param>
public sealed record PatchResult(Element? Resource, ImmutableArray<Issue> Issues)
{
    /// <summary>How many operations a patch may have.</summary>
    public const int MaxOperations = 1000;

    internal static PatchResult Refused(params ImmutableArray<Issue> issues) => new(null, issues);

    internal static Issue TooManyOperations(string patch) =>
        Issue.Error(IssueCode.TooLong, $"A patch may have {MaxOperations} operations at most.", patch);

    /// <summary>Reads what the patch made, since only a sound resource of the same type and id may leave it.</summary>
    /// <param name="patch">What names the patch as a whole in an issue.</param>
    internal static PatchResult Read(
        Element original, ReadOnlySpan<byte> patched, string patch, FhirTypes types, ReadLimits limits)
    {
        var read = FhirJson.Read(patched, types, limits);
        if (!read.IsValid)
        {
            return Refused([
                Issue.Error(IssueCode.Processing, "The patch would make the resource malformed, as follows.", patch),
                .. read.Issues.Where(i => i.IsError).Select(i => i with { Position = default }),
            ]);
        }

        var resource = read.Resource!;
        return resource.Type == original.Type && resource.Id == original.Id
            ? new(resource, [])
            : Refused(
                Issue.Error(IssueCode.Processing, "A patch may change neither the resource's type nor its id.", patch));
    }
}
