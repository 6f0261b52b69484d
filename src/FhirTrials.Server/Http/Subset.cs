using FhirTrials.Fhir.Definitions;
using FhirTrials.Fhir.Json;
using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Http;

/// <summary>A part of a resource, tagged as such — https://hl7.org/fhir/R4/search.html#summary</summary>
sealed class Subset(FhirDefinitions definitions)
{
    const string TagSystem = "http://terminology.hl7.org/CodeSystem/v3-ObservationValue";

    const string Subsetted = "SUBSETTED";

    /// <summary>What <c>_elements</c> or <c>_summary</c> leaves of a resource; the resource itself where neither is given.</summary>
    public ReadOnlyMemory<byte> Of(IQueryCollection query, ReadOnlyMemory<byte> json) =>
        Of(query["_summary"], query["_elements"], json);

    public ReadOnlyMemory<byte> Of(string? summary, string? elements, ReadOnlyMemory<byte> json) =>
        Filter(summary, elements) is { } cut
            ? FhirJson.ToUtf8Bytes(cut(FhirJson.Read(json.Span, definitions.Types, ReadLimits.Stored).Resource!))
            : json;

    /// <summary>What to keep of a resource; null for all of it.</summary>
    static Func<Element, Element>? Filter(string? summary, string? elements)
    {
        if (!string.IsNullOrEmpty(elements))
        {
            var names = elements.Split(',', StringSplitOptions.TrimEntries);
            return resource => Root(resource, e => e.Min > 0 || e.IsModifier || names.Contains(e.Name, StringComparer.Ordinal));
        }

        return summary switch
        {
            null or "" or "false" or "count" => null,
            "true" => resource => Root(Summary(resource), _ => true),
            "text" => resource => Root(resource, e => e.Name == "text" || e.Min > 0),
            "data" => resource => Root(resource, e => e.Name != "text"),
            _ => throw new FhirException(
                Issue.Error(IssueCode.Value, "_summary must be one of true, text, data, count and false.")),
        };
    }

    /// <summary>The top-level elements that the filter keeps, with id and meta always.</summary>
    static Element Root(Element resource, Func<ElementDefinition, bool> keeps)
    {
        var kept = resource.With([.. resource.Children.Where(c => IsKept(c, keeps))]);
        return kept.With("meta", Tagged(kept.Child("meta") ?? kept.NewChild("meta")));
    }

    /// <summary>The elements that belong to the summary, also of what is nested in the resource's own elements.</summary>
    static Element Summary(Element element) =>
        element.With(
        [
            .. element.Children.Where(c => IsKept(c, e => e.IsSummary || e.Min > 0))
                .Select(c => c.Type.Kind == FhirTypeKind.Backbone ? Summary(c) : c),
        ]);

    static bool IsKept(Element child, Func<ElementDefinition, bool> keeps) =>
        child.Name is "id" or "meta" || child.Definition is null || keeps(child.Definition);

    static Element Tagged(Element meta) =>
        meta["tag"].Any(t => t.ValueOf("system") == TagSystem && t.ValueOf("code") == Subsetted)
            ? meta
            : meta.With("tag", [.. meta["tag"], meta.NewChild("tag").WithValue("system", TagSystem).WithValue("code", Subsetted)]);
}
