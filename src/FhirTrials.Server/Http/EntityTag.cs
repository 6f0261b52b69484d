using System.Globalization;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Http;

/// <summary>A version as an entity tag: <c>W/"3"</c> — https://hl7.org/fhir/R4/http.html#versioning</summary>
static class EntityTag
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    /// <summary>The version that an If-Match header (or <c>request.ifMatch</c>) demands; null where there is none.</summary>
    public static int? IfMatch(string? header) =>
        string.IsNullOrEmpty(header)
            ? null
            : TryParse(header, out var version)
                ? version
                : throw new FhirException(
                    Issue.Error(IssueCode.Invalid, "If-Match must be one version as an entity tag, such as W/\"3\"."));

    /// <summary>Whether an If-None-Match header names that version (or any, by <c>*</c>).</summary>
    public static bool IfNoneMatchNames(string? header, int version) =>
        !string.IsNullOrEmpty(header)
        && header.Split(',', StringSplitOptions.TrimEntries).Any(t => t == "*" || (TryParse(t, out var v) && v == version));

    static bool TryParse(string tag, out int version)
    {
        var text = tag.AsSpan().Trim();
        text = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        return int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out version) && version > 0;
    }
}
