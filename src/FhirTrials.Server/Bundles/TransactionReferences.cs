using FhirTrials.Fhir.Model;
using FhirTrials.Fhir.Outcomes;
using FhirTrials.Server.Configuration;
using FhirTrials.Server.Http;
using FhirTrials.Storage;

namespace FhirTrials.Server.Bundles;

/// <summary>Points the references of a transaction's resources to what will be stored —
/// https://hl7.org/fhir/R4/bundle.html#references, https://hl7.org/fhir/R4/http.html#trules</summary>
sealed class TransactionReferences(ServedTypes types, SearchReader searches, ResourceStore store)
{
    /// <param name="map">What URLs stand for; conditional references that are found are added to it.</param>
    public async Task<Element> Resolve(
        BundleEntry entry, Element resource, Dictionary<string, string> map, string baseUrl, CancellationToken ct)
    {
        var relative = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (path, target) in References.Of(resource, $"{entry.Place}.resource"))
        {
            if (map.ContainsKey(target))
            {
                continue;
            }

            if (IsConditional(target))
            {
                map[target] = await Conditional(target, path, ct);
            }
            else if (InSource(entry, target) is { } absolute && map.TryGetValue(absolute, out var stored))
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

    /// <summary><c>Organization?identifier=x</c></summary>
    static bool IsConditional(string target) =>
        target.IndexOf('?', StringComparison.Ordinal) is > 0 and var at && target.AsSpan(0, at).IndexOfAny("/:#") < 0;

    /// <summary>A relative reference is one to the system that the entry comes from, as its fullUrl tells.</summary>
    static string? InSource(BundleEntry entry, string target) =>
        entry.FullUrl is { } fullUrl && fullUrl.StartsWith("http", StringComparison.Ordinal)
        && entry.Resource is { Id: { } id } resource
        && fullUrl.EndsWith($"/{resource.Type.Name}/{id}", StringComparison.Ordinal)
        && !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#')
            ? $"{fullUrl[..^(resource.Type.Name.Length + id.Length + 1)]}{target}"
            : null;

    /// <summary>What a conditional reference stands for: exactly one resource.</summary>
    async Task<string> Conditional(string target, string path, CancellationToken ct)
    {
        var (type, query) = target.Split('?', 2) is [var before, var after] ? (before, after) : (target, "");
        types.Check(type, path);
        try
        {
            return await store.Single(searches.Criteria(type, query), ct) is { } match
                ? BundleWriter.Reference(match)
                : throw new FhirException(
                    Issue.Error(IssueCode.NotFound, "The conditional reference finds nothing."),
                    StatusCodes.Status412PreconditionFailed);
        }
        catch (FhirException e)
        {
            throw new FhirException([.. e.Issues.Select(i => i with { Expression = path })], e.Status);
        }
    }
}
