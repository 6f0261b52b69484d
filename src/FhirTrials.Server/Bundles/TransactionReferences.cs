using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;

namespace FhirTrials.Server.Bundles;

/// <summary>Points the references of a transaction's resources to what will be stored —
/// https://hl7.org/fhir/R4/bundle.html#references, https://hl7.org/fhir/R4/http.html#trules</summary>
static class TransactionReferences
{
    /// <param name="map">What URLs stand for.</param>
    public static Element Resolve(BundleEntry entry, Element resource, Dictionary<string, string> map, string baseUrl)
    {
        var relative = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, target) in References.Of(resource, $"{entry.Place}.resource"))
        {
            if (!map.ContainsKey(target) && InSource(entry, target) is { } absolute
                && map.TryGetValue(absolute, out var stored))
            {
                relative[target] = stored;
            }
        }

        var replaced = map.Count + relative.Count == 0 ? resource : References.Replace(
            resource, target => map.GetValueOrDefault(target) ?? relative.GetValueOrDefault(target, target));
        var resolved = References.MakeRelative(replaced, baseUrl);
        var open = References.Of(resolved, $"{entry.Place}.resource")
            .Where(r => r.Target.StartsWith("urn:", StringComparison.Ordinal))
            .Select(r => Issue.Error(IssueCode.NotFound, "The reference names no entry of the Bundle.", r.Path))
            .ToList();
        return open.Count == 0 ? resolved : throw new FhirException(open, StatusCodes.Status400BadRequest);
    }

    /// <summary>A relative reference is one to the system that the entry comes from, as its fullUrl tells.</summary>
    static string? InSource(BundleEntry entry, string target) =>
        entry.FullUrl is { } fullUrl && fullUrl.StartsWith("http", StringComparison.Ordinal)
        && entry.Resource is { Id: { } id } resource
        && fullUrl.EndsWith($"/{resource.Type.Name}/{id}", StringComparison.Ordinal)
        && !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#')
            ? $"{fullUrl[..^(resource.Type.Name.Length + id.Length + 1)]}{target}"
            : null;
}
