using System.Buffers;
using System.Text.Json;
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

    /// <summary>What <c>_elements</c> or <c>_summary</c> leaves of a resource; the resource
    /// itself where neither is given.</summary>
    public ReadOnlyMemory<byte> Of(IQueryCollection query, ReadOnlyMemory<byte> json) =>
        Of(query["_summary"], query["_elements"], json);

    public ReadOnlyMemory<byte> Of(string? summary, string? elements, ReadOnlyMemory<byte> json) =>
        Filter(summary, elements) is { } keeps ? FhirJson.ToUtf8Bytes(Root(Read(json, keeps), summary, keeps)) : json;

    /// <summary>Which of a resource's own elements to keep; null for all of them.</summary>
    static Func<ElementDefinition, bool>? Filter(string? summary, string? elements)
    {
        if (!string.IsNullOrEmpty(elements))
        {
            var names = elements.Split(',', StringSplitOptions.TrimEntries);
            return e => e.Min > 0 || e.IsModifier || names.Contains(e.Name, StringComparer.Ordinal);
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

    /// <summary>Reads those elements alone, as far as they come after the type: what is left out
    /// is most of a large resource.</summary>
    Element Read(ReadOnlyMemory<byte> json, Func<ElementDefinition, bool> keeps)
    {
        var kept = new ArrayBufferWriter<byte>(json.Length);
        var reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        FhirType? type = null;
        for (reader.Read(); reader.Read() && reader.TokenType == JsonTokenType.PropertyName;)
        {
            var start = (int)reader.TokenStartIndex;
            var name = reader.GetString()!;
            reader.Read();
            type = name == "resourceType" ? definitions.Types[reader.GetString()!] : type;
            reader.Skip();
            if (name is "id" or "meta" || type is null
                || !type.TryJsonProperty(name.TrimStart('_'), out var element, out _) || keeps(element))
            {
                kept.Write(kept.WrittenCount == 0 ? "{"u8 : ","u8);
                kept.Write(json.Span[start..(int)reader.BytesConsumed]);
            }
        }

        kept.Write("}"u8);
        return FhirJson.Read(kept.WrittenSpan, definitions.Types, ReadLimits.Stored).Resource!;
    }

    /// <summary>The elements that the filter keeps, with id and meta always, tagged.</summary>
    static Element Root(Element resource, string? summary, Func<ElementDefinition, bool> keeps)
    {
        var kept =
            summary == "true" ? Summary(resource) : resource.With([.. resource.Children.Where(c => IsKept(c, keeps))]);
        return kept.With("meta", Tagged(kept.Child("meta") ?? kept.NewChild("meta")));
    }

    /// <summary>The elements that belong to the summary, also of what is nested in
    /// the resource's own elements.</summary>
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
            : meta.With(
                "tag",
                [.. meta["tag"], meta.NewChild("tag").WithValue("system", TagSystem).WithValue("code", Subsetted)]);
}
