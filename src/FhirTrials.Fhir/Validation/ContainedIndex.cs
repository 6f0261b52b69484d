using FhirTrials.Fhir.Model;

namespace FhirTrials.Fhir.Validation;

/// <summary>The contained resources of a resource by id, and the fragments that anything in it links to. Each
/// is worked out once, when first asked for: to search anew for each of many contained resources would take
/// the square of their number.</summary>
sealed class ContainedIndex(Element root)
{
    readonly Lazy<Dictionary<string, Element>> _byId = new(() => ById(root));
    readonly Lazy<HashSet<string>> _linked = new(() => LinksOf(root, []));

    /// <summary>The contained resource of that id, or null.</summary>
    public Element? Find(string id) => _byId.Value.GetValueOrDefault(id);

    /// <summary>Whether anything in the resource links to <c>#id</c>.</summary>
    public bool IsLinked(string id) => _linked.Value.Contains(id);

    /// <summary>Whether anything in the element links to the resource that contains it, by <c>#</c>.</summary>
    public static bool LinksToContainer(Element contained) => LinksOf(contained, []).Contains("");

    static Dictionary<string, Element> ById(Element root)
    {
        var byId = new Dictionary<string, Element>(StringComparer.Ordinal);
        foreach (var child in root.Children)
        {
            if (child.Name == "contained" && child.Id is { } id)
            {
                byId.TryAdd(id, child);
            }
        }

        return byId;
    }

    static HashSet<string> LinksOf(Element element, HashSet<string> links)
    {
        foreach (var child in element.Children)
        {
            if (child.Value is ['#', .. var target] && IsLink(child))
            {
                links.Add(target);
            }

            LinksOf(child, links);
        }

        return links;
    }

    static bool IsLink(Element value) =>
        value.Name == "reference" || value.Type.Name is "canonical" or "uri" or "url";
}
