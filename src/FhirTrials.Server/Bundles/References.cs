using System.Globalization;
using System.Text.RegularExpressions;
using FhirTrials.Fhir.Model;

namespace FhirTrials.Server.Bundles;

/// <summary>The references in a resource, and their replacement when ids are known —
/// https://hl7.org/fhir/R4/http.html#trules</summary>
static partial class References
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

    /// <summary>A copy in which absolute references to a resource of this server are relative, so that searches find
    /// them and they hold under every name of the server.</summary>
    /// <param name="baseUrl">The service base URL, without a slash at its end.</param>
    public static Element MakeRelative(Element resource, string baseUrl)
    {
        var own = Of(resource, resource.Name).Select(r => r.Target).Distinct(StringComparer.Ordinal)
            .Where(target => IsOwn(target, baseUrl))
            .ToDictionary(target => target, target => target[(baseUrl.Length + 1)..], StringComparer.Ordinal);
        return own.Count == 0 ? resource : Rewrite(resource, (element, value) =>
            element.Name == "reference" ? own.GetValueOrDefault(value, value) : value);
    }

    static bool IsOwn(string target, string baseUrl) =>
        target.StartsWith(baseUrl + "/", StringComparison.Ordinal)
        && target[(baseUrl.Length + 1)..].Split('/') is [{ Length: > 0 } type, var id, .. var version]
        && char.IsAsciiLetterUpper(type[0]) && PrimitiveSyntax.IsId(id) && version is [] or ["_history", _];

    /// <summary>A copy with other targets: of references, URIs, and links of the narrative.</summary>
    /// <param name="replaced">The new target of a target, or the same.</param>
    public static Element Replace(Element element, Func<string, string> replaced) =>
        Rewrite(element, (e, value) => Value(e, value, replaced));

    /// <summary>A copy with other literals; what does not change is shared.</summary>
    static Element Rewrite(Element element, Func<Element, string, string> literal)
    {
        var value = element.Value is null ? null : literal(element, element.Value);
        var children = element.Children;
        var changed = !ReferenceEquals(value, element.Value);
        for (var i = 0; i < children.Length; i++)
        {
            var child = Rewrite(children[i], literal);
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

    static string Value(Element element, string value, Func<string, string> replaced)
    {
        if (element.Name == "reference" || UriTypes.Contains(element.Type.Name))
        {
            return replaced(value);
        }

        return element.Type.Name == "xhtml"
            ? Link().Replace(value, link => replaced(link.Value))
            : value;
    }

    [GeneratedRegex("""(?<=\b(?:href|src)=")[^"]*""")]
    private static partial Regex Link();
}
