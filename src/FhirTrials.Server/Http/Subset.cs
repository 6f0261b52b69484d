using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Http;

/// <summary>A part of a resource, tagged as such — https://hl7.org/fhir/R4/search.html#summary</summary>
sealed class Subset(FhirDefinitions definitions)
{
    const string TagSystem = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    /// <summary>What <c>_elements</c> or <c>_summary</c> leaves of a resource; the resource itself where neither is given.</summary>
    public ReadOnlyMemory<byte> Of(IQueryCollection query, ReadOnlyMemory<byte> json) =>
        Of(query["_summary"], query["_elements"], json);

    public ReadOnlyMemory<byte> Of(string? summary, string? elements, ReadOnlyMemory<byte> json) =>
        Filter(summary, elements) is { } keeps
            ? FhirJson.ToUtf8Bytes(Cut(FhirJson.Read(json.Span, definitions.Types).Resource!, keeps))
            : json;

    /// <summary>Which elements of a resource to keep; null for all.</summary>
    static Func<ElementDefinition, bool>? Filter(string? summary, string? elements)
    {
        if (!string.IsNullOrEmpty(elements))
        {
            var names = elements.Split(',', StringSplitOptions.TrimEntries);
            return e => e.Min > 0 || names.Contains(e.Name, StringComparer.Ordinal);
        }

        return summary switch
        {
            null or "" or "false" or "count" => null,
            "true" => e => e.IsSummary || e.Min > 0,
            "text" => e => e.Name == "text" || e.Min > 0,
            "data" => e => e.Name != "text",
            _ => throw new FhirException(
                Issue.Error(IssueCode.Value, "_summary must be one of true, text, data, count and false.")),
        };
    }

    // Every stored resource has a meta, as it has a version.
    static Element Cut(Element resource, Func<ElementDefinition, bool> keeps)
    {
        var kept = resource.Children.Where(c => c.Name is "id" or "meta" || c.Definition is null || keeps(c.Definition));
        return resource.With([.. kept.Select(c => c.Name == "meta" ? Tagged(c) : c)]);
    }

    static Element Tagged(Element meta) =>
        meta.With("tag", [.. meta["tag"], meta.NewChild("tag").WithValue("system", TagSystem).WithValue("code", "SUBSETTED")]);
}
