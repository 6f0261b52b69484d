using System.Collections.Immutable;

namespace FhirTrials.Storage.Checking;

/// <summary>What a check of the whole store came to.</summary>
/// <param name="Resources">Current versions checked, deletions among them.</param>
/// <param name="Versions">Older versions checked.</param>
/// <param name="IndexRows">Index rows compared.</param>
/// <param name="Repaired">Resources whose index rows were written anew.</param>
/// <param name="Problems">How many problems were found, also those that were repaired.</param>
/// <param name="Findings">A sentence for each of the first <see cref="MaxFindings"/>.</param>
public sealed record CheckReport(
    long Resources, long Versions, long IndexRows, long Repaired, long Problems, ImmutableArray<string> Findings)
{
    public const int MaxFindings = 100;
}
