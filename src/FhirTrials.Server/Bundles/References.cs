using System.Globalization;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Server.Bundles;

/// <summary>The references in a resource, and their replacement when ids are known —
/// https://hl7.org/fhir/R4/http.html#trules</summary>
static class References
{
    static readonly string[] UriTypes = ["uri", "url", "oid", "uuid", "canonical"];

    /// <summary>Each literal reference with its FHIRPath, which begins with <paramref name="path"/>.</summary>
    public static IEnumerable<(string Path, string Target)> Of(Element element, string path)
    {
        if (element.Name == "reference" && element.Value is { } target)
        {
            yield return (path, target);
        }

        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var child in element.Children)
        {
            var index = counts[child.Name] = counts.GetValueOrDefault(child.Name, -1) + 1;
            var place = child.Definition is { IsArray: true }
                ? string.Create(CultureInfo.InvariantCulture, $"{path}.{child.Name}[{index}]")
                : $"{path}.{child.Name}";
            foreach (var found in Of(child, place))
            {
                yield return found;
            }
        }
    }

    /// <summary>A copy in which what the map names is replaced: references, URIs, and links of the narrative.</summary>
    public static Element Replace(Element element, IReadOnlyDictionary<string, string> map)
    {
        if (map.Count == 0)
        {
            return element;
        }

        var value = Value(element, map);
        var children = element.Children;
        var changed = !ReferenceEquals(value, element.Value);
        for (var i = 0; i < children.Length; i++)
        {
            var child = Replace(children[i], map);
            if (!ReferenceEquals(child, children[i]))
            {
                children = children.SetItem(i, child);
                changed = true;
            }
        }

        return changed
            ? new Element(element.Definition, element.Name, element.Type, value, children, element.Position)
            : element;
    }

    static string? Value(Element element, IReadOnlyDictionary<string, string> map)
    {
        if (element.Value is not { } value)
        {
            return null;
        }

        if (element.Name == "reference" || UriTypes.Contains(element.Type.Name))
        {
            return map.GetValueOrDefault(value, value);
        }

        return element.Type.Name == "xhtml" && value.Contains("urn:", StringComparison.Ordinal)
            ? map.Aggregate(value, (text, p) => text.Replace($"\"{p.Key}\"", $"\"{p.Value}\"", StringComparison.Ordinal))
            : value;
    }
}
