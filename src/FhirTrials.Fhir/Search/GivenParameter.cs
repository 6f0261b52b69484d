using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Fhir.Search;

/// <summary>A parameter as given, for the issue that names it.</summary>
sealed class GivenParameter(string name, string value)
{
    public string Name { get; } = name;

    public string Value { get; } = value;

    /// <summary>How many conditions it has come to so far.</summary>
    public int Steps { get; set; }

    public NotUnderstoodException Unsupported(string sentence) => new(SearchIssue.NotSupported(Name, sentence));

    public NotUnderstoodException Invalid(string sentence) => new(SearchIssue.Value(Name, sentence));
}

/// <summary>Leaves the recursion of a parser;
/// <see cref="SearchFilterParser.Parse(string, string, string)"/> catches it.</summary>
sealed class NotUnderstoodException(Issue issue) : Exception
{
    public Issue Issue { get; } = issue;
}
