using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>Finds the entries of a Bundle — https://hl7.org/fhir/R4/bundle.html#references</summary>
sealed class BundleEntries
{
    readonly Dictionary<string, Element> _byFullUrl = new(StringComparer.Ordinal);
    readonly Dictionary<string, Element> _byTypeAndId = new(StringComparer.Ordinal);

    public BundleEntries(Element bundle)
    {
        Type = bundle.ValueOf("type");
        foreach (var entry in bundle.Children)
        {
            if (entry.Name == "entry" && entry.Child("resource") is { } resource)
            {
                First ??= resource;
                Add(entry.ValueOf("fullUrl"), resource);
            }
        }
    }

    /// <summary>The Bundle's type: <c>transaction</c>, <c>document</c>, ...</summary>
    public string? Type { get; }

    /// <summary>The resource of the first entry: of a document its Composition, of a message its
    /// MessageHeader.</summary>
    public Element? First { get; }

    /// <summary>The resource that a reference in the entry of
    /// <paramref name="fromFullUrl"/> points to, or null.</summary>
    public Element? Find(string reference, string? fromFullUrl)
    {
        if (_byFullUrl.TryGetValue(reference, out var found))
        {
            return found;
        }

        if (LiteralReference.Parse(reference) is not { Type: not null } literal)
        {
            return null;
        }

        return literal.IsRelative
            ? InSameServer(literal, fromFullUrl)
            : _byFullUrl.GetValueOrDefault($"{literal.Base}{literal.Type}/{literal.Id}");
    }

    Element? InSameServer(LiteralReference literal, string? fromFullUrl)
    {
        var typeAndId = $"{literal.Type}/{literal.Id}";
        return fromFullUrl is not null
            && LiteralReference.Parse(fromFullUrl) is { Base: { } server }
            && _byFullUrl.TryGetValue(server + typeAndId, out var found)
                ? found
                : _byTypeAndId.GetValueOrDefault(typeAndId);
    }

    void Add(string? fullUrl, Element resource)
    {
        if (fullUrl is not null)
        {
            _byFullUrl.TryAdd(fullUrl, resource);
        }

        if (resource.Id is { } id)
        {
            _byTypeAndId.TryAdd($"{resource.Type.Name}/{id}", resource);
        }
    }
}
