using System.Globalization;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Http;

/// <summary>Instants in parameters.</summary>
static class Instants
{
    /// <summary>Throws (400) for what is no instant.</summary>
    public static DateTimeOffset Parse(string text, string parameter) =>
        DateTimeOffset.TryParse(
            text.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? time
            : throw new FhirException(Issue.Error(
                IssueCode.Value, $"{parameter} must be an instant such as 2026-11-21T03:00:00Z.", $"http.{parameter}"));
}
