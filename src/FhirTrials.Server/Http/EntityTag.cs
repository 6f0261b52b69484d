using System.Globalization;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Storage;

namespace FhirTrials.Server.Http;

/// <summary>A version as an entity tag: <c>W/"3"</c> — https://hl7.org/fhir/R4/http.html#versioning</summary>
static class EntityTag
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"W/\"{version}\"");

    /// <summary>The version that an If-Match header (or <c>request.ifMatch</c>)
    /// demands; null where there is none.</summary>
    public static int? IfMatch(string? header) =>
        string.IsNullOrEmpty(header)
            ? null
            : TryParse(header, out var version)
                ? version
                : throw new FhirException(
                    Issue.Error(IssueCode.Invalid, "If-Match must be one version as an entity tag, such as W/\"3\"."));

    /// <summary>The version of a resource that the If-Match header demands; of <c>*</c> the current one, which must be
    /// there (412).</summary>
    public static async Task<int?> IfMatch(
        HttpRequest request, string type, string id, ResourceStore store, CancellationToken ct)
    {
        if (request.Headers.IfMatch != "*")
        {
            return IfMatch(request.Headers.IfMatch);
        }

        return await store.Read(type, id, ct) is { IsDeleted: false } current
            ? current.Version
            : throw new FhirException(
                Issue.Error(IssueCode.Conflict, "If-Match demands a resource that is there, but there is none."),
                StatusCodes.Status412PreconditionFailed);
    }

    /// <summary>Throws (412) where the current version is not the one demanded.</summary>
    public static void Check(int? ifMatch, StoredResource current)
    {
        if (ifMatch is { } version && version != current.Version)
        {
            throw new FhirException(
                Issue.Error(
                    IssueCode.Conflict,
                    "The version named in If-Match is not the current one. Read the resource again."),
                StatusCodes.Status412PreconditionFailed);
        }
    }

    /// <summary>Whether an If-None-Match header names that version (or any, by <c>*</c>).</summary>
    public static bool IfNoneMatchNames(string? header, int version) =>
        !string.IsNullOrEmpty(header)
        && header.Split(',', StringSplitOptions.TrimEntries)
            .Any(t => t == "*" || (TryParse(t, out var v) && v == version));

    static bool TryParse(string tag, out int version)
    {
        var text = tag.AsSpan().Trim();
        text = text.StartsWith("W/", StringComparison.Ordinal) ? text[2..] : text;
        return int.TryParse(text.Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && version > 0;
    }
}
