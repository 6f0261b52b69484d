namespace FhirTrials.Fhir.Outcomes;

/// <summary>How bad an issue is — https://hl7.org/fhir/R4/valueset-issue-severity.html</summary>
public enum IssueSeverity
{
    Fatal,
    Error,
    Warning,
    Information,
}

/// <summary>What kind of issue it is; the members are FHIR's codes in Pascal case (<c>code-invalid</c> is
/// <see cref="CodeInvalid"/>) — https://hl7.org/fhir/R4/valueset-issue-type.html</summary>
public enum IssueCode
{
    Invalid,
    Structure,
    Required,
    Value,
    Invariant,
    Security,
    Login,
    Unknown,
    Expired,
    Forbidden,
    Suppressed,
    Processing,
    NotSupported,
    Duplicate,
    MultipleMatches,
    NotFound,
    Deleted,
    TooLong,
    CodeInvalid,
    Extension,
    TooCostly,
    BusinessRule,
    Conflict,
    Transient,
    LockError,
    NoStore,
    Exception,
    Timeout,
    Incomplete,
    Throttled,
    Informational,
}

/// <summary>A place in a source text: line and column, both from 1; 0 where unknown.</summary>
public readonly record struct SourcePosition(int Line, int Column);

/// <summary>One finding about a request or resource: an entry of an OperationOutcome —
/// https://hl7.org/fhir/R4/operationoutcome.html</summary>
/// <param name="Diagnostics">A sentence a person can act on. Never contains patient data.</param>
/// <param name="Expression">FHIRPath of the element concerned, such as
/// <c>Patient.name[0].family</c>; null where none applies.</param>
/// <param name="Position">Line and column in the source text, where it is known.</param>
public sealed record Issue(
    IssueSeverity Severity,
    IssueCode Code,
    string Diagnostics,
    string? Expression = null,
    SourcePosition Position = default)
{
    /// <summary>Whether this issue makes the resource or request unacceptable.</summary>
    public bool IsError => Severity is IssueSeverity.Fatal or IssueSeverity.Error;

    /// <summary>An error of the given code.</summary>
    public static Issue Error(
        IssueCode code, string diagnostics, string? expression = null, SourcePosition position = default) =>
        new(IssueSeverity.Error, code, diagnostics, expression, position);

    /// <summary>A warning of the given code.</summary>
    public static Issue Warning(
        IssueCode code, string diagnostics, string? expression = null, SourcePosition position = default) =>
        new(IssueSeverity.Warning, code, diagnostics, expression, position);

    /// <summary>Information of the given code.</summary>
    public static Issue Information(IssueCode code, string diagnostics, string? expression = null) =>
        new(IssueSeverity.Information, code, diagnostics, expression);

    /// <summary>A required element is missing.</summary>
    public static Issue Required(string expression, SourcePosition position = default) =>
        Error(IssueCode.Required, $"{expression} is required but missing.", expression, position);
}
