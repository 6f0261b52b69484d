namespace FhirTrials.Fhir.Outcomes;

/// <summary>FHIR's codes of severities and issue types.</summary>
public static class IssueCodes
{
    /// <summary>https://hl7.org/fhir/R4/valueset-issue-severity.html</summary>
    public static string ToFhirCode(this IssueSeverity severity) => severity switch
    {
        IssueSeverity.Fatal => "fatal",
        IssueSeverity.Error => "error",
        IssueSeverity.Warning => "warning",
        IssueSeverity.Information => "information",
    };

    /// <summary>https://hl7.org/fhir/R4/valueset-issue-type.html</summary>
    public static string ToFhirCode(this IssueCode code) => code switch
    {
        IssueCode.Invalid => "invalid",
        IssueCode.Structure => "structure",
        IssueCode.Required => "required",
        IssueCode.Value => "value",
        IssueCode.Invariant => "invariant",
        IssueCode.Security => "security",
        IssueCode.Login => "login",
        IssueCode.Unknown => "unknown",
        IssueCode.Expired => "expired",
        IssueCode.Forbidden => "forbidden",
        IssueCode.Suppressed => "suppressed",
        IssueCode.Processing => "processing",
        IssueCode.NotSupported => "not-supported",
        IssueCode.Duplicate => "duplicate",
        IssueCode.MultipleMatches => "multiple-matches",
        IssueCode.NotFound => "not-found",
        IssueCode.Deleted => "deleted",
        IssueCode.TooLong => "too-long",
        IssueCode.CodeInvalid => "code-invalid",
        IssueCode.Extension => "extension",
        IssueCode.TooCostly => "too-costly",
        IssueCode.BusinessRule => "business-rule",
        IssueCode.Conflict => "conflict",
        IssueCode.Transient => "transient",
        IssueCode.LockError => "lock-error",
        IssueCode.NoStore => "no-store",
        IssueCode.Exception => "exception",
        IssueCode.Timeout => "timeout",
        IssueCode.Incomplete => "incomplete",
        IssueCode.Throttled => "throttled",
        IssueCode.Informational => "informational",
    };
}
