using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Configuration;

/// <summary>An issue in a file, for people at a command line.</summary>
static class IssueLine
{
    /// <summary><c>file:line:column: severity code: sentence [expression]</c></summary>
    public static string Of(string file, Issue issue)
    {
        var place = issue.Position.Line > 0 ? $":{issue.Position.Line}:{issue.Position.Column}" : "";
        var expression = issue.Expression is null ? "" : $" [{issue.Expression}]";
        return $"{file}{place}: {issue.Severity.ToFhirCode()} {issue.Code.ToFhirCode()}: "
            + $"{issue.Diagnostics}{expression}";
    }
}
