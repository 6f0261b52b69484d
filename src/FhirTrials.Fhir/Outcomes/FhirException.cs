namespace FhirTrials.Fhir.Outcomes;

/// <summary>The one exception that carries issues to the edge, where it becomes an OperationOutcome. The pure core
/// returns issues; only code that cannot return them throws.</summary>
/// <param name="issues">At least one issue; the first error decides the HTTP status unless
/// <paramref name="status"/> does.</param>
/// <param name="status">HTTP status, where the issue code alone does not tell it (412 or 409 for a conflict).</param>
public sealed class FhirException(IReadOnlyList<Issue> issues, int? status = null) : Exception(issues[0].Diagnostics)
{
    public FhirException(Issue issue, int? status = null) : this([issue], status)
    {
    }

    public IReadOnlyList<Issue> Issues { get; } = issues;

    /// <summary>The HTTP status of the answer.</summary>
    public int Status { get; } = status ?? HttpStatus.Of((issues.FirstOrDefault(i => i.IsError) ?? issues[0]).Code);
}
