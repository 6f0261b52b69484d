namespace FhirTrials.Fhir.Outcomes;

/// <summary>The one table from issue code to HTTP status — https://hl7.org/fhir/R4/http.html#Status-Codes</summary>
public static class HttpStatus
{
    public static int Of(IssueCode code) => code switch
    {
        IssueCode.Invalid or IssueCode.Structure or IssueCode.Value or IssueCode.Extension or IssueCode.Unknown => 400,
        IssueCode.Login or IssueCode.Expired => 401,
        IssueCode.Security or IssueCode.Forbidden or IssueCode.Suppressed => 403,
        IssueCode.NotFound => 404,
        IssueCode.NotSupported => 400,
        IssueCode.Conflict or IssueCode.Duplicate or IssueCode.LockError => 409,
        IssueCode.Deleted => 410,
        IssueCode.MultipleMatches => 412,
        IssueCode.TooLong => 413,
        IssueCode.Required or IssueCode.Invariant or IssueCode.CodeInvalid or IssueCode.BusinessRule
            or IssueCode.Processing => 422,
        IssueCode.TooCostly => 403,
        IssueCode.Throttled => 429,
        IssueCode.Exception or IssueCode.Incomplete or IssueCode.NoStore => 500,
        IssueCode.Transient or IssueCode.Timeout => 503,
        IssueCode.Informational => 200,
    };
}
